<?php
/**
 * Plugin Name:       Telusur
 * Description:       Answers your site's search by Telusur, full-text search for Indonesian articles, and keeps it up to date with your posts.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       telusur
 * Domain Path:       /languages
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

foreach ( array( 'settings', 'reply', 'service', 'breaker', 'article', 'search', 'queue', 'sender', 'form', 'settings-page' ) as $telusur_part ) {
	require_once __DIR__ . "/includes/class-telusur-$telusur_part.php";
}

add_action(
	'plugins_loaded',
	static function () {
		load_plugin_textdomain( 'telusur', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' );
		( new Telusur_Search() )->register();
		( new Telusur_Sender( new Telusur_Queue() ) )->register();
		if ( is_admin() ) {
			( new Telusur_Settings_Page( plugin_basename( __FILE__ ) ) )->register();
		}
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			require_once __DIR__ . '/includes/class-telusur-command.php';
			WP_CLI::add_command( 'telusur', 'Telusur_Command' );
		}
	}
);

register_deactivation_hook( __FILE__, array( 'Telusur_Sender', 'unschedule' ) );
