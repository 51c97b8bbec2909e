<?php
/**
 * The site's search, answered by the service.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * Puts the hits of the service in the place of WordPress's own, as long as it answers.
 */
final class Telusur_Search {

	const SORTS = array(
		''               => 'relevance',
		'relevance'      => 'relevance',
		'date DESC'      => 'newest',
		'date ASC'       => 'oldest',
		'post_date DESC' => 'newest',
		'post_date ASC'  => 'oldest',
	);

	/**
	 * What else a query may be limited by, which the service is not asked for.
	 */
	const LIMITS = array( 'fields', 'offset', 'post__in', 'post__not_in', 'meta_query', 'meta_key', 'tax_query', 'nopaging', 'exact', 'perm' );

	const MOST_PER_PAGE = 100;

	/**
	 * The marked passages of the hits, by the number of the post.
	 *
	 * @var string[]
	 */
	private $passages = array();

	/**
	 * What was searched for in the place of a misspelt query; empty if it was not.
	 *
	 * @var string
	 */
	private $corrected = '';

	/**
	 * Takes its places in WordPress.
	 */
	public function register() {
		add_filter( 'posts_pre_query', array( $this, 'answer' ), 10, 2 );
		add_filter( 'get_the_excerpt', array( $this, 'excerpt' ), 20, 2 );
		add_action( 'loop_start', array( $this, 'print_notice' ) );
		add_filter( 'render_block_core/query-title', array( $this, 'with_notice' ) );
	}

	/**
	 * Gives the hits of the service to a query of the site's search; null leaves it to WordPress.
	 *
	 * @param WP_Post[]|null $posts What another plugin has found.
	 * @param WP_Query       $query The query.
	 * @return WP_Post[]|null
	 */
	public function answer( $posts, $query ) {
		if ( null !== $posts || ! $this->is_ours( $query ) || '' !== Telusur_Breaker::reason() ) {
			return $posts;
		}
		$reply = Telusur_Service::of_settings()->search( $this->parameters( $query ) );
		if ( ! isset( $reply->document['hits'], $reply->document['total'] ) || ! $reply->is_good() ) {
			if ( ! $reply->is_refusal() ) {
				Telusur_Breaker::trip( $reply );
			}
			return $posts;
		}
		$found = $this->found( $reply->document['hits'] );
		if ( ! $found && $reply->document['hits'] ) {
			return $posts; // Hits, but none of them is a post of this site: the service does not know it by this name.
		}
		$asked                = $reply->document['query'] ?? array();
		$this->corrected      = empty( $asked['is_corrected'] ) ? '' : (string) $asked['corrected'];
		$query->found_posts   = (int) $reply->document['total'];
		$query->max_num_pages = (int) ceil( $query->found_posts / $query->get( 'posts_per_page' ) );
		// Else they would be kept as what WordPress itself found.
		$query->query_vars['cache_results'] = false;
		return $found;
	}

	/**
	 * Gives a hit its marked passages as excerpt; not in the head, where excerpts describe the page to machines.
	 *
	 * @param string       $excerpt That of WordPress.
	 * @param WP_Post|null $post    Whose it is.
	 * @return string
	 */
	public function excerpt( $excerpt, $post = null ) {
		$is_shown = $post instanceof WP_Post && isset( $this->passages[ $post->ID ] ) && ! doing_action( 'wp_head' );
		return $is_shown ? $this->passages[ $post->ID ] : $excerpt;
	}

	/**
	 * Says above the hits what was searched for in the place of a misspelt query, in a theme of templates in PHP.
	 *
	 * @param WP_Query $query Whose loop begins.
	 */
	public function print_notice( $query ) {
		if ( $query->is_main_query() && ! wp_is_block_theme() ) {
			echo wp_kses_post( $this->notice() );
		}
	}

	/**
	 * Says the same below the title of the page, in a theme of blocks.
	 *
	 * @param string $title The block.
	 * @return string
	 */
	public function with_notice( $title ) {
		return $title . wp_kses_post( $this->notice() );
	}

	/**
	 * The notice, empty where nothing was corrected.
	 *
	 * @return string
	 */
	private function notice() {
		if ( '' === $this->corrected ) {
			return '';
		}
		/* translators: %s: the query as it was probably meant */
		$text = sprintf( esc_html__( 'Showing results for “%s”.', 'telusur' ), esc_html( $this->corrected ) );
		return '<p class="telusur-corrected">' . $text . '</p>';
	}

	/**
	 * Whether a query is what a reader typed into the site's search, and nothing that only WordPress can answer.
	 *
	 * @param WP_Query $query The query.
	 * @return bool
	 */
	private function is_ours( $query ) {
		if ( ! Telusur_Settings::answers_searches() || is_admin() || ! $query->is_main_query() || ! $query->is_search() ) {
			return false;
		}
		foreach ( self::LIMITS as $limit ) {
			if ( $query->get( $limit ) ) {
				return false;
			}
		}
		$per_page = (int) $query->get( 'posts_per_page' );
		$types    = array_diff( array_filter( (array) $query->get( 'post_type' ) ), array( 'any' ), Telusur_Article::types() );
		$is_ours  = ! $types && ! $query->is_feed() && ! $query->is_archive() && null !== $this->sort( $query )
			&& $per_page > 0 && $per_page <= self::MOST_PER_PAGE && '' !== trim( (string) $query->get( 's' ) );
		/**
		 * Changes whether the service answers a query.
		 *
		 * @param bool     $is_ours Whether it does.
		 * @param WP_Query $query   The query.
		 */
		return (bool) apply_filters( 'telusur_answers', $is_ours, $query );
	}

	/**
	 * The order that a query asks for, in the words of the service; null if it has none.
	 *
	 * @param WP_Query $query The query.
	 * @return string|null
	 */
	private function sort( $query ) {
		$field = $query->get( 'orderby' );
		if ( ! is_string( $field ) ) {
			return null;
		}
		$order = 'ASC' === strtoupper( (string) $query->get( 'order' ) ) ? 'ASC' : 'DESC';
		return self::SORTS[ $field ] ?? self::SORTS[ "$field $order" ] ?? null;
	}

	/**
	 * What the service is asked: all posts of this site, also those that are one release.
	 *
	 * @param WP_Query $query The query.
	 * @return array
	 */
	private function parameters( $query ) {
		return array(
			'q'        => trim( (string) $query->get( 's' ) ),
			'source'   => Telusur_Settings::source(),
			'page'     => max( 1, (int) $query->get( 'paged' ) ),
			'per_page' => (int) $query->get( 'posts_per_page' ),
			'sort'     => $this->sort( $query ),
			'collapse' => 'false',
		);
	}

	/**
	 * The posts that are hits, in their order, without those that went meanwhile; remembers their passages.
	 *
	 * @param array $hits Those of the service.
	 * @return WP_Post[]
	 */
	private function found( array $hits ) {
		$numbers = array();
		foreach ( $hits as $hit ) {
			$numbers[] = Telusur_Article::post_of( (string) ( $hit['id'] ?? '' ) );
		}
		_prime_post_caches( array_filter( $numbers ) );
		$found          = array();
		$this->passages = array();
		foreach ( $numbers as $place => $number ) {
			$post = $number ? get_post( $number ) : null;
			if ( Telusur_Article::is_public( $post ) ) {
				$found[] = $post;
				$marked  = $this->marked( (array) ( $hits[ $place ]['highlights']['body'] ?? array() ) );
				if ( '' !== $marked ) {
					$this->passages[ $number ] = $marked;
				}
			}
		}
		return $found;
	}

	/**
	 * Passages as HTML that holds nothing but marks, whatever the service sends.
	 *
	 * @param array $passages Those of a hit.
	 * @return string
	 */
	private function marked( array $passages ) {
		$html = implode( ' … ', wp_list_pluck( $passages, 'html' ) );
		return wp_kses( $html, array( 'mark' => array() ) );
	}
}
