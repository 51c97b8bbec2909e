<?php
/**
 * What an administrator has set.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * The settings of one site, in one option.
 */
final class Telusur_Settings {

	const OPTION = 'telusur_settings';

	const DEFAULTS = array(
		'address' => '',
		'key'     => '',
		'source'  => '',
		'search'  => false,
		'push'    => false,
	);

	/**
	 * All settings, those that were never set as they are by default.
	 *
	 * @return array
	 */
	public static function all() {
		return array_merge( self::DEFAULTS, (array) get_option( self::OPTION, array() ) );
	}

	/**
	 * Where the service is, without a slash at the end; empty if not set.
	 *
	 * @return string
	 */
	public static function address() {
		return untrailingslashit( self::all()['address'] );
	}

	/**
	 * The key: that of wp-config.php, which is in no backup of the database, before that of the settings page.
	 *
	 * @return string
	 */
	public static function key() {
		return defined( 'TELUSUR_KEY' ) ? (string) TELUSUR_KEY : self::all()['key'];
	}

	/**
	 * By which name the service knows this site as the source of articles.
	 *
	 * @return string
	 */
	public static function source() {
		$set = self::all()['source'];
		return '' === $set ? Telusur_Article::host() : $set;
	}

	/**
	 * Whether the service answers searches here.
	 *
	 * @return bool
	 */
	public static function answers_searches() {
		return self::all()['search'] && '' !== self::address();
	}

	/**
	 * Whether changes of posts are sent to the service.
	 *
	 * @return bool
	 */
	public static function sends_posts() {
		return self::all()['push'] && '' !== self::address();
	}

	/**
	 * What of a form may be kept; a key that is not typed again stays.
	 *
	 * @param mixed $given What was posted.
	 * @return array
	 */
	public static function sanitize( $given ) {
		$given = is_array( $given ) ? $given : array();
		$typed = trim( (string) ( $given['key'] ?? '' ) );
		$kept  = empty( $given['forget_key'] ) ? self::all()['key'] : '';
		return array(
			'address' => untrailingslashit( esc_url_raw( trim( (string) ( $given['address'] ?? '' ) ), array( 'http', 'https' ) ) ),
			'key'     => '' === $typed ? $kept : preg_replace( '/[^\x21-\x7e]/', '', $typed ),
			'source'  => sanitize_text_field( (string) ( $given['source'] ?? '' ) ),
			'search'  => ! empty( $given['search'] ),
			'push'    => ! empty( $given['push'] ),
		);
	}
}
