<?php
/**
 * The command `wp telusur`.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * Brings the posts of this site to a service of Telusur.
 */
final class Telusur_Command {

	/**
	 * Bytes that a batch may have; the service takes 2,000,000 unless it is set otherwise.
	 */
	const MOST_BYTES = 1500000;

	const MOST_TRIES = 6;

	/**
	 * Sends all published posts to the service, those that it has, too.
	 *
	 * ## OPTIONS
	 *
	 * [--batch=<count>]
	 * : Posts in a request at most.
	 * ---
	 * default: 200
	 * ---
	 *
	 * [--after=<id>]
	 * : Go on after the post of this number, where an earlier run ended.
	 * ---
	 * default: 0
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     wp telusur push
	 *     wp telusur push --batch=50 --after=4711
	 *
	 * @param string[] $args    None.
	 * @param string[] $options By name.
	 */
	public function push( $args, $options ) {
		if ( '' === Telusur_Settings::address() ) {
			WP_CLI::error( __( 'The address of the service is not set: see Settings → Telusur.', 'telusur' ) );
		}
		$service = Telusur_Service::of_settings();
		$sent    = 0;
		$after   = (int) ( $options['after'] ?? 0 );
		foreach ( $this->batches( $after, max( 1, (int) ( $options['batch'] ?? 200 ) ) ) as $lines ) {
			$sent += count( $lines ) - $this->send( $service, $lines, $after );
			$after = array_key_last( $lines );
			/* translators: 1: number of posts, 2: number of a post */
			WP_CLI::log( sprintf( __( '%1$d posts sent, up to number %2$d', 'telusur' ), $sent, $after ) );
		}
		/* translators: %d: number of posts */
		WP_CLI::success( sprintf( __( '%d posts sent.', 'telusur' ), $sent ) );
	}

	/**
	 * Sends a batch, again and again while the service cannot take it, and ends the command where it never can.
	 *
	 * @param Telusur_Service $service The service.
	 * @param string[]        $lines   Articles as JSON, by the number of the post.
	 * @param int             $after   The last post before this batch.
	 * @return int How many of them were refused.
	 */
	private function send( $service, array $lines, $after ) {
		for ( $try = 0; ; ++$try ) {
			$reply = $service->post( implode( "\n", $lines ) );
			if ( $reply->is_good() || $reply->is_refusal() ) {
				return $this->refused( $reply, $lines );
			}
			if ( self::MOST_TRIES - 1 === $try || in_array( $reply->status, array( 401, 403, 404 ), true ) ) {
				/* translators: 1: what the service answered, 2: number of a post */
				WP_CLI::error( sprintf( __( '%1$s. Go on later with --after=%2$d', 'telusur' ), $reply->reason(), $after ) );
			}
			sleep( max( $reply->retry_after, 2 ** $try ) );
		}
	}

	/**
	 * Names the posts that the service refused.
	 *
	 * @param Telusur_Reply $reply The answer.
	 * @param string[]      $lines The batch.
	 * @return int How many.
	 */
	private function refused( Telusur_Reply $reply, array $lines ) {
		if ( $reply->is_refusal() ) {
			WP_CLI::warning( implode( ', ', array_keys( $lines ) ) . ': ' . $reply->reason() );
			return count( $lines );
		}
		$numbers  = array_keys( $lines );
		$rejected = (array) ( $reply->document['rejected'] ?? array() );
		foreach ( $rejected as $one ) {
			WP_CLI::warning( $numbers[ $one['line'] - 1 ] . ': ' . $one['reason'] );
		}
		return count( $rejected );
	}

	/**
	 * Yields the articles of this site in batches, in the order of their posts' numbers.
	 *
	 * @param int $after Begin after the post of this number.
	 * @param int $most  In a batch.
	 * @return Generator Lines of JSON, by the number of the post.
	 */
	private function batches( $after, $most ) {
		$batch = array();
		$bytes = 0;
		foreach ( $this->lines( $after, $most ) as $number => $line ) {
			if ( $batch && ( count( $batch ) === $most || $bytes + strlen( $line ) > self::MOST_BYTES ) ) {
				yield $batch;
				$batch = array();
				$bytes = 0;
			}
			$batch[ $number ] = $line;
			$bytes           += strlen( $line ) + 1;
		}
		if ( $batch ) {
			yield $batch;
		}
	}

	/**
	 * Yields the articles of this site; forgets each stretch of posts after it, so that a large site needs no more memory.
	 *
	 * @param int $after Begin after the post of this number.
	 * @param int $most  To read at once.
	 * @return Generator A line of JSON, by the number of the post.
	 */
	private function lines( $after, $most ) {
		global $wpdb;
		$types = Telusur_Article::types();
		$marks = implode( ', ', array_fill( 0, count( $types ), '%s' ) );
		$sql   = "SELECT ID FROM {$wpdb->posts} WHERE ID > %d AND post_status = 'publish' AND post_type IN ($marks) ORDER BY ID LIMIT %d";
		do {
			$numbers = array_map( 'intval', $wpdb->get_col( $wpdb->prepare( $sql, array_merge( array( $after ), $types, array( $most ) ) ) ) ); // phpcs:ignore WordPress.DB -- the places are counted above.
			_prime_post_caches( $numbers );
			foreach ( $numbers as $number ) {
				$post   = get_post( $number );
				$record = Telusur_Article::is_public( $post ) ? Telusur_Article::record( $post ) : null;
				if ( null !== $record ) {
					yield $number => wp_json_encode( $record );
				}
				$after = $number;
			}
			if ( function_exists( 'wp_cache_flush_runtime' ) ) {
				wp_cache_flush_runtime();
			}
		} while ( $numbers );
	}
}
