<?php
/**
 * Who waits for a service that does not answer: one reader a minute.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * A circuit breaker: after a failure the service is left alone for a while, and WordPress answers at once.
 */
final class Telusur_Breaker {

	const TRANSIENT = 'telusur_breaker';

	const SECONDS = 60;

	/**
	 * Why the service is left alone; empty if it is not.
	 *
	 * @return string
	 */
	public static function reason() {
		return (string) get_transient( self::TRANSIENT );
	}

	/**
	 * Leaves the service alone, for as long as it asks, within bounds.
	 *
	 * @param Telusur_Reply $reply Its last answer.
	 */
	public static function trip( Telusur_Reply $reply ) {
		$seconds = $reply->retry_after > 0 ? min( $reply->retry_after, self::SECONDS ) : self::SECONDS;
		set_transient( self::TRANSIENT, '' === $reply->reason() ? '?' : $reply->reason(), $seconds );
	}

	/**
	 * Lets the service be asked again.
	 */
	public static function reset() {
		delete_transient( self::TRANSIENT );
	}
}
