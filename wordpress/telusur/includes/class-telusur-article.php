<?php
/**
 * A post as the service knows it.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * Which posts are articles, by which id, and what of them is sent.
 */
final class Telusur_Article {

	const MOST_TAGS = 100;

	const LONGEST_NAME = 1000;

	const BLOCKS = 'address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul';

	const UNREAD = 'audio|button|canvas|form|iframe|noscript|object|script|select|style|svg|template|video';

	/**
	 * The types of posts that are sent.
	 *
	 * @return string[]
	 */
	public static function types() {
		/**
		 * Changes which types of posts are articles.
		 *
		 * @param string[] $types Posts alone.
		 */
		return (array) apply_filters( 'telusur_post_types', array( 'post' ) );
	}

	/**
	 * The host of this site, without "www.".
	 *
	 * @return string
	 */
	public static function host() {
		return preg_replace( '/^www\./', '', strtolower( (string) wp_parse_url( get_option( 'home' ), PHP_URL_HOST ) ) );
	}

	/**
	 * The id of the article that is a post: the one that an import of this site by its API gives it, too.
	 *
	 * @param int $post The number of the post.
	 * @return string
	 */
	public static function id( $post ) {
		return self::prefix() . $post;
	}

	/**
	 * The number of the post that is an article; 0 if the article is not of this site.
	 *
	 * @param string $id The id of the article.
	 * @return int
	 */
	public static function post_of( $id ) {
		$prefix = self::prefix();
		$number = substr( $id, strlen( $prefix ) );
		return 0 === strpos( $id, $prefix ) && ctype_digit( $number ) ? (int) $number : 0;
	}

	/**
	 * Whether everybody may read a post, so that it may be found.
	 *
	 * @param mixed $post A post, or what is none.
	 * @return bool
	 */
	public static function is_public( $post ) {
		return $post instanceof WP_Post
			&& in_array( $post->post_type, self::types(), true )
			&& 'publish' === $post->post_status
			&& '' === $post->post_password;
	}

	/**
	 * What is sent of a post.
	 *
	 * @param WP_Post $post The post.
	 * @return array|null Null where it has no title or no text, and so is no article.
	 */
	public static function record( WP_Post $post ) {
		$categories = self::names( $post, 'category' );
		$others     = array_merge( array_slice( $categories, 1 ), self::names( $post, 'post_tag' ) );
		$record     = array(
			'id'        => self::id( $post->ID ),
			'url'       => get_permalink( $post ),
			'title'     => self::text( get_the_title( $post ) ),
			'body'      => self::text( self::content( $post ) ),
			'author'    => self::text( get_the_author_meta( 'display_name', (int) $post->post_author ) ),
			'source'    => Telusur_Settings::source(),
			'published' => get_post_datetime( $post )->format( DATE_ATOM ),
			'category'  => $categories[0] ?? '',
			'tags'      => array_slice( array_values( array_unique( $others ) ), 0, self::MOST_TAGS ),
		);
		/**
		 * Changes what is sent of a post, such as its category or its language.
		 *
		 * @param array   $record The article.
		 * @param WP_Post $post   The post.
		 */
		$record = apply_filters( 'telusur_record', $record, $post );
		return '' === $record['title'] || '' === $record['body'] ? null : $record;
	}

	/**
	 * What the ids of this site's articles begin with. The raw option: plugins for languages change home_url().
	 *
	 * @return string
	 */
	private static function prefix() {
		$path = str_replace( '/', '-', trim( (string) wp_parse_url( get_option( 'home' ), PHP_URL_PATH ), '/' ) );
		return implode( '-', array_filter( array( self::host(), $path ), 'strlen' ) ) . '-';
	}

	/**
	 * The names of a post's terms.
	 *
	 * @param WP_Post $post     The post.
	 * @param string  $taxonomy Their taxonomy.
	 * @return string[]
	 */
	private static function names( WP_Post $post, $taxonomy ) {
		$terms = get_the_terms( $post, $taxonomy );
		$names = is_array( $terms ) ? wp_list_pluck( $terms, 'name' ) : array();
		return array_values( array_map( array( __CLASS__, 'name' ), $names ) );
	}

	/**
	 * A name as text, no longer than the service takes it.
	 *
	 * @param string $html The name.
	 * @return string
	 */
	private static function name( $html ) {
		return mb_substr( self::text( $html ), 0, self::LONGEST_NAME );
	}

	/**
	 * The HTML of a post as a reader gets it: blocks and shortcodes done.
	 *
	 * @param WP_Post $post The post.
	 * @return string
	 */
	private static function content( WP_Post $post ) {
		$before          = $GLOBALS['post'] ?? null;
		$GLOBALS['post'] = $post; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- put back below.
		setup_postdata( $post );
		$html            = apply_filters( 'the_content', $post->post_content ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own.
		$GLOBALS['post'] = $before; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- as it was.
		if ( $before instanceof WP_Post ) {
			setup_postdata( $before );
		}
		return $html;
	}

	/**
	 * HTML as text, a paragraph a line, without signs that the service refuses.
	 *
	 * @param string $html The HTML.
	 * @return string
	 */
	private static function text( $html ) {
		$html = preg_replace( '/\s+/', ' ', wp_check_invalid_utf8( $html, true ) );
		$html = preg_replace( '#<(' . self::UNREAD . ')\b.*?</\1\s*>#is', ' ', $html );
		$html = preg_replace( '#</?(?:' . self::BLOCKS . ')\b[^>]*>#i', "\n", $html );
		$text = html_entity_decode( wp_strip_all_tags( $html ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		$text = preg_replace( '/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/', '', $text );
		return trim( preg_replace( array( '/[^\S\n]+/u', '/ ?\n[ \n]*/' ), array( ' ', "\n" ), $text ) );
	}
}
