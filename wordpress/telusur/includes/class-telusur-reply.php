<?php
/**
 * What the service said.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * An answer of the service, or that there was none.
 */
final class Telusur_Reply {

	/**
	 * The status of HTTP, 0 where there was no answer.
	 *
	 * @var int
	 */
	public $status = 0;

	/**
	 * The JSON of the answer; null where it was none.
	 *
	 * @var array|null
	 */
	public $document = null;

	/**
	 * The seconds that the service asks to wait, 0 where it does not say.
	 *
	 * @var int
	 */
	public $retry_after = 0;

	/**
	 * Why there was no answer.
	 *
	 * @var string
	 */
	private $failure = '';

	/**
	 * Reads what WordPress got.
	 *
	 * @param array|WP_Error $response As wp_remote_request() gives it.
	 */
	public function __construct( $response ) {
		if ( is_wp_error( $response ) ) {
			$this->failure = $response->get_error_message();
			return;
		}
		$document          = json_decode( wp_remote_retrieve_body( $response ), true );
		$this->status      = (int) wp_remote_retrieve_response_code( $response );
		$this->document    = is_array( $document ) ? $document : null;
		$this->retry_after = max( 0, (int) wp_remote_retrieve_header( $response, 'retry-after' ) );
	}

	/**
	 * Whether it did what it was asked; a page of another server, with status 200, says nothing of the kind.
	 *
	 * @return bool
	 */
	public function is_good() {
		return $this->status >= 200 && $this->status < 300 && null !== $this->document;
	}

	/**
	 * Whether it refuses what was sent, and would do so again.
	 *
	 * @return bool
	 */
	public function is_refusal() {
		return in_array( $this->status, array( 400, 413, 414, 415, 422, 431 ), true );
	}

	/**
	 * Whether the next request would fare no better: only a 500 may be due to what was sent.
	 *
	 * @return bool
	 */
	public function is_outage() {
		return ! $this->is_good() && ! $this->is_refusal() && 500 !== $this->status;
	}

	/**
	 * Why it did not do what it was asked, for an administrator.
	 *
	 * @return string
	 */
	public function reason() {
		if ( 0 === $this->status ) {
			return $this->failure;
		}
		$said = array();
		foreach ( (array) ( $this->document['errors'] ?? array() ) as $error ) {
			$said[] = (string) ( $error['detail'] ?? '' );
		}
		$detail = $said ? implode( ' ', $said ) : (string) ( $this->document['detail'] ?? $this->document['title'] ?? '' );
		return trim( sprintf( 'HTTP %d %s', $this->status, wp_strip_all_tags( $detail ) ) );
	}
}
