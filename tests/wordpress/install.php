<?php
/**
 * Installs WordPress with the plugin in the folder that is given, and prints a password for its API.
 */

define( 'WP_INSTALLING', true );

/** Nobody is written to. */
function wp_new_blog_notification() {}

$_SERVER += array( 'HTTP_HOST' => '127.0.0.1', 'REQUEST_METHOD' => 'GET' );
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'Kabar Banua', 'redaksi', 'redaksi@kabar.example', true, '', 'rahasia' );
update_option( 'permalink_structure', '' );
update_option( 'timezone_string', 'Asia/Makassar' );
update_option( 'active_plugins', array( 'telusur/telusur.php' ) );
echo WP_Application_Passwords::create_new_application_password( 1, array( 'name' => 'tests' ) )[0];
