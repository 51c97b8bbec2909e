<?php
/**
 * The form of Settings → Telusur.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * Shows the settings in the way of WordPress's own pages; a key that is stored is never shown again.
 */
final class Telusur_Form {

	/**
	 * Shows the settings.
	 *
	 * @param array $settings As they are.
	 */
	public function show( array $settings ) {
		$has_key = '' !== Telusur_Settings::key();
		echo '<form action="options.php" method="post">';
		settings_fields( Telusur_Settings_Page::SLUG );
		echo '<table class="form-table" role="presentation">';
		$this->show_field( 'address', 'url', __( 'Address of the service', 'telusur' ), $settings['address'], 'https://cari.portal.example' );
		if ( defined( 'TELUSUR_KEY' ) ) {
			$this->show_row( '', __( 'Key', 'telusur' ), esc_html__( 'Set by TELUSUR_KEY in wp-config.php.', 'telusur' ) );
		} else {
			$this->show_field( 'key', 'password', __( 'Key', 'telusur' ), '', $has_key ? __( 'A key is stored; type to replace it', 'telusur' ) : '' );
		}
		if ( $has_key && ! defined( 'TELUSUR_KEY' ) ) {
			$this->show_switch( 'forget_key', __( 'Forget the key', 'telusur' ), false );
		}
		$this->show_field( 'source', 'text', __( 'Name of this site as a source', 'telusur' ), $settings['source'], Telusur_Article::host() );
		$this->show_switch( 'push', __( 'Send posts to the service as they change', 'telusur' ), $settings['push'] );
		$this->show_switch( 'search', __( 'Let the service answer this site’s search', 'telusur' ), $settings['search'] );
		echo '</table>';
		submit_button();
		echo '</form>';
	}

	/**
	 * Shows a field.
	 *
	 * @param string $name        Of the setting.
	 * @param string $type        Of the field.
	 * @param string $label       For whom fills it in.
	 * @param string $value       As it is.
	 * @param string $placeholder What counts, or could stand there.
	 */
	private function show_field( $name, $type, $label, $value, $placeholder ) {
		$field = sprintf(
			'<input class="regular-text" id="telusur-%1$s" name="%2$s[%1$s]" type="%3$s" value="%4$s" placeholder="%5$s" autocomplete="off">',
			esc_attr( $name ),
			esc_attr( Telusur_Settings::OPTION ),
			esc_attr( $type ),
			esc_attr( $value ),
			esc_attr( $placeholder )
		);
		$this->show_row( "telusur-$name", $label, $field );
	}

	/**
	 * Shows a switch.
	 *
	 * @param string $name  Of the setting.
	 * @param string $label For whom sets it.
	 * @param bool   $is_on How it stands.
	 */
	private function show_switch( $name, $label, $is_on ) {
		$field = sprintf(
			'<input id="telusur-%1$s" name="%2$s[%1$s]" type="checkbox" value="1"%3$s>',
			esc_attr( $name ),
			esc_attr( Telusur_Settings::OPTION ),
			checked( $is_on, true, false )
		);
		$this->show_row( "telusur-$name", $label, $field );
	}

	/**
	 * Shows a row of the form.
	 *
	 * @param string $id    Of its field.
	 * @param string $label For whom fills it in.
	 * @param string $html  The field, escaped.
	 */
	private function show_row( $id, $label, $html ) {
		printf( '<tr><th scope="row"><label for="%s">%s</label></th><td>', esc_attr( $id ), esc_html( $label ) );
		echo $html . '</td></tr>'; // phpcs:ignore WordPress.Security.EscapeOutput -- escaped by whom made it.
	}
}
