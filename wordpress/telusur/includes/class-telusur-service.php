<?php
/**
 * The service, as it is asked over HTTP.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * Asks a service of Telusur, version 1 of its API.
 */
final class Telusur_Service {

	/**
	 * Seconds that a reader may have to wait before WordPress answers itself.
	 */
	const SEARCH_SECONDS = 2;

	const WRITE_SECONDS = 10;

	const LONGEST_ANSWER = 4000000;

	/**
	 * Where it is.
	 *
	 * @var string
	 */
	private $address;

	/**
	 * The key that it is given with each request, for searches too: a key may ask more often than an address.
	 *
	 * @var string
	 */
	private $key;

	/**
	 * Ask at an address, with a key.
	 *
	 * @param string $address Without a slash at the end.
	 * @param string $key     Empty for none.
	 */
	public function __construct( $address, $key ) {
		$this->address = $address;
		$this->key     = $key;
	}

	/**
	 * The service of the settings.
	 *
	 * @return self
	 */
	public static function of_settings() {
		return new self( Telusur_Settings::address(), Telusur_Settings::key() );
	}

	/**
	 * Searches.
	 *
	 * @param array $parameters Those of /v1/search.
	 * @return Telusur_Reply
	 */
	public function search( array $parameters ) {
		return $this->request( 'GET', '/v1/search?' . http_build_query( $parameters, '', '&' ), self::SEARCH_SECONDS );
	}

	/**
	 * Puts an article in, in the place of the one of its id.
	 *
	 * @param array $record The article, with its id.
	 * @return Telusur_Reply
	 */
	public function put( array $record ) {
		return $this->request( 'PUT', '/v1/articles/' . rawurlencode( $record['id'] ), self::WRITE_SECONDS, wp_json_encode( $record ), 'application/json' );
	}

	/**
	 * Takes an article out; it need not be there.
	 *
	 * @param string $id Its id.
	 * @return Telusur_Reply
	 */
	public function delete( $id ) {
		return $this->request( 'DELETE', '/v1/articles/' . rawurlencode( $id ), self::WRITE_SECONDS );
	}

	/**
	 * Puts many articles in.
	 *
	 * @param string $lines A JSON object a line.
	 * @return Telusur_Reply
	 */
	public function post( $lines ) {
		return $this->request( 'POST', '/v1/articles', 3 * self::WRITE_SECONDS, $lines, 'application/x-ndjson' );
	}

	/**
	 * Tells whether the key is good for writing, without writing: an article without title and text is refused, but
	 * only to whom might write it.
	 *
	 * @return Telusur_Reply Is a refusal if the key is good.
	 */
	public function try_key() {
		return $this->put( array( 'id' => 'telusur-test' ) );
	}

	/**
	 * Asks. No redirection is followed, or the key would be given to whomever it leads to.
	 *
	 * @param string      $method  Of HTTP.
	 * @param string      $path    Below the address.
	 * @param int         $seconds To wait at most.
	 * @param string|null $body    If any.
	 * @param string      $type    Of the body.
	 * @return Telusur_Reply
	 */
	private function request( $method, $path, $seconds, $body = null, $type = '' ) {
		$headers = array_filter(
			array(
				'Accept-Language' => 0 === strpos( determine_locale(), 'id' ) ? 'id' : 'en',
				'Authorization'   => '' === $this->key ? '' : "Bearer {$this->key}",
				'Content-Type'    => $type,
			)
		);
		return new Telusur_Reply(
			wp_remote_request(
				$this->address . $path,
				array(
					'method'              => $method,
					'timeout'             => $seconds,
					'redirection'         => 0,
					'limit_response_size' => self::LONGEST_ANSWER,
					'headers'             => $headers,
					'body'                => $body,
				)
			)
		);
	}
}
