<?php
/**
 * Settings → Telusur.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * Where an administrator says which service it is, tries it, and sees how sending fares.
 */
final class Telusur_Settings_Page {

	const SLUG = 'telusur';

	const TEST = 'telusur_test';

	const PUSH = 'telusur_push';

	const CAPABILITY = 'manage_options';

	/**
	 * The plugin as WordPress names it.
	 *
	 * @var string
	 */
	private $plugin;

	/**
	 * The page of a plugin.
	 *
	 * @param string $plugin As WordPress names it.
	 */
	public function __construct( $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Takes its places in WordPress.
	 */
	public function register() {
		add_action( 'admin_menu', array( $this, 'add_page' ) );
		add_action( 'admin_init', array( $this, 'add_settings' ) );
		add_action( 'admin_post_' . self::TEST, array( $this, 'test' ) );
		add_action( 'admin_post_' . self::PUSH, array( $this, 'push' ) );
		add_filter( "plugin_action_links_{$this->plugin}", array( $this, 'with_link' ) );
	}

	/**
	 * Adds the page to the menu.
	 */
	public function add_page() {
		add_options_page( __( 'Telusur', 'telusur' ), __( 'Telusur', 'telusur' ), self::CAPABILITY, self::SLUG, array( $this, 'show' ) );
	}

	/**
	 * Tells WordPress of the settings; its own form checks nonce and capability.
	 */
	public function add_settings() {
		register_setting(
			self::SLUG,
			Telusur_Settings::OPTION,
			array(
				'type'              => 'array',
				'default'           => Telusur_Settings::DEFAULTS,
				'sanitize_callback' => array( 'Telusur_Settings', 'sanitize' ),
			)
		);
	}

	/**
	 * Adds a link to the page, in the list of plugins.
	 *
	 * @param string[] $links Those of the plugin.
	 * @return string[]
	 */
	public function with_link( $links ) {
		$link = sprintf( '<a href="%s">%s</a>', esc_url( self::address() ), esc_html__( 'Settings', 'telusur' ) );
		return array_merge( array( $link ), $links );
	}

	/**
	 * Tries the service and comes back to the page with what it said.
	 */
	public function test() {
		$this->check( self::TEST );
		Telusur_Breaker::reset();
		$service = Telusur_Service::of_settings();
		$found   = $service->search(
			array(
				'q'        => '',
				'source'   => Telusur_Settings::source(),
				'per_page' => 1,
			)
		);
		if ( ! $found->is_good() || ! isset( $found->document['total'] ) ) {
			/* translators: %s: what the service answered */
			$this->come_back( 'error', sprintf( __( 'The service does not answer searches: %s', 'telusur' ), $found->reason() ) );
		}
		$key = $service->try_key();
		if ( ! $key->is_refusal() ) {
			/* translators: %s: what the service answered */
			$this->come_back( 'warning', sprintf( __( 'The service answers searches, but takes no articles with this key: %s', 'telusur' ), $key->reason() ) );
		}
		/* translators: 1: number of articles, 2: name of this site as a source */
		$text = __( 'All is well. The service has %1$s articles of “%2$s”.', 'telusur' );
		$this->come_back( 'success', sprintf( $text, number_format_i18n( $found->document['total'] ), Telusur_Settings::source() ) );
	}

	/**
	 * Queues all posts and comes back to the page.
	 */
	public function push() {
		$this->check( self::PUSH );
		if ( ! Telusur_Settings::sends_posts() ) {
			$this->come_back( 'error', __( 'Have posts sent first, and save that.', 'telusur' ) );
		}
		$count = ( new Telusur_Sender( new Telusur_Queue() ) )->take_in_all();
		/* translators: %s: number of posts */
		$this->come_back( 'success', sprintf( __( '%s posts are queued. They are sent bit by bit, as the site is visited.', 'telusur' ), number_format_i18n( $count ) ) );
	}

	/**
	 * Shows the page.
	 */
	public function show() {
		if ( ! current_user_can( self::CAPABILITY ) ) {
			return;
		}
		echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1>';
		$this->show_outcome();
		( new Telusur_Form() )->show( Telusur_Settings::all() );
		echo '<h2>' . esc_html__( 'How it fares', 'telusur' ) . '</h2>';
		$this->show_state();
		$this->show_button( self::TEST, __( 'Test the service', 'telusur' ) );
		$this->show_button( self::PUSH, __( 'Send all posts', 'telusur' ) );
		echo '</div>';
	}

	/**
	 * Shows what came of a button; once, to whom pressed it.
	 */
	private function show_outcome() {
		$outcome = get_transient( self::outcome_name() );
		if ( is_array( $outcome ) ) {
			delete_transient( self::outcome_name() );
			printf( '<div class="notice notice-%s"><p>%s</p></div>', esc_attr( $outcome[0] ), esc_html( $outcome[1] ) );
		}
	}

	/**
	 * Shows what waits, and what went wrong.
	 */
	private function show_state() {
		if ( Telusur_Settings::sends_posts() ) {
			/* translators: %s: number of posts */
			$this->show_line( sprintf( __( 'Posts that wait to be sent: %s', 'telusur' ), number_format_i18n( ( new Telusur_Queue() )->count() ) ) );
		}
		$state = Telusur_Sender::state();
		if ( '' !== $state['note'] ) {
			/* translators: %s: what went wrong */
			$this->show_line( sprintf( __( 'The last trouble in sending: %s', 'telusur' ), $state['note'] ) );
		}
		if ( '' !== Telusur_Breaker::reason() ) {
			/* translators: %s: what the service answered */
			$this->show_line( sprintf( __( 'WordPress answers searches for the moment, as the service did not: %s', 'telusur' ), Telusur_Breaker::reason() ) );
		}
	}

	/**
	 * Shows a paragraph.
	 *
	 * @param string $text Not escaped.
	 */
	private function show_line( $text ) {
		echo '<p>' . esc_html( $text ) . '</p>';
	}

	/**
	 * Shows a button that is a form of its own.
	 *
	 * @param string $action What it does.
	 * @param string $label  What it says.
	 */
	private function show_button( $action, $label ) {
		printf( '<form action="%s" method="post" style="display:inline-block;margin-right:1em">', esc_url( admin_url( 'admin-post.php' ) ) );
		printf( '<input type="hidden" name="action" value="%s">', esc_attr( $action ) );
		wp_nonce_field( $action );
		submit_button( $label, 'secondary', $action, false );
		echo '</form>';
	}

	/**
	 * Lets nobody pass who may not, or was sent by another page.
	 *
	 * @param string $action What is to be done.
	 */
	private function check( $action ) {
		if ( ! current_user_can( self::CAPABILITY ) ) {
			wp_die( esc_html__( 'You may not do this.', 'telusur' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( $action );
	}

	/**
	 * Ends the request and comes back to the page with an outcome.
	 *
	 * @param string $kind Of notice.
	 * @param string $text What is to be said.
	 */
	private function come_back( $kind, $text ) {
		set_transient( self::outcome_name(), array( $kind, $text ), MINUTE_IN_SECONDS );
		wp_safe_redirect( self::address() );
		exit;
	}

	/**
	 * Where the page is.
	 *
	 * @return string
	 */
	private static function address() {
		return admin_url( 'options-general.php?page=' . self::SLUG );
	}

	/**
	 * Under which name the outcome is kept for whom pressed the button.
	 *
	 * @return string
	 */
	private static function outcome_name() {
		return 'telusur_outcome_' . get_current_user_id();
	}
}
