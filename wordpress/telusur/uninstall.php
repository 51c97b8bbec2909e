<?php
/**
 * Leaves nothing behind when the plugin is deleted. What the service has stays there.
 *
 * @package Telusur
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * Takes away what one site has of the plugin.
 */
function telusur_uninstall_site() {
	global $wpdb;
	foreach ( array( 'telusur_settings', 'telusur_state', 'telusur_queue_version' ) as $option ) {
		delete_option( $option );
	}
	delete_transient( 'telusur_breaker' );
	wp_clear_scheduled_hook( 'telusur_send' );
	wp_clear_scheduled_hook( 'telusur_sweep' );
	$wpdb->query( "DROP TABLE IF EXISTS `{$wpdb->prefix}telusur_queue`" ); // phpcs:ignore WordPress.DB -- a name of our own.
}

if ( is_multisite() ) {
	$telusur_sites = get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	);
	foreach ( $telusur_sites as $telusur_site ) {
		switch_to_blog( $telusur_site );
		telusur_uninstall_site();
		restore_current_blog();
	}
} else {
	telusur_uninstall_site();
}
