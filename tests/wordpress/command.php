<?php
/**
 * Runs `wp telusur push` with the options that are given, as WP-CLI would, which Debian does not have.
 */

define( 'WP_CLI', true );

/** What the plugin uses of WP-CLI. */
class WP_CLI {
	public static $commands = array();

	public static function add_command( $name, $class ) {
		self::$commands[ $name ] = new $class();
	}

	public static function log( $text ) {
		echo "$text\n";
	}

	public static function success( $text ) {
		echo "Success: $text\n";
	}

	public static function warning( $text ) {
		fwrite( STDERR, "Warning: $text\n" );
	}

	public static function error( $text ) {
		fwrite( STDERR, "Error: $text\n" );
		exit( 1 );
	}
}

require $argv[1] . '/wp-load.php';
WP_CLI::$commands['telusur']->push( array(), json_decode( $argv[2], true ) );
