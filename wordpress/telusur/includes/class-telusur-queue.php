<?php
/**
 * Which posts the service has yet to hear of.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * A table of posts that changed: of each one row, however often it changed, for what is sent is how it stands then.
 */
final class Telusur_Queue {

	const VERSION = '1';

	const VERSION_OPTION = 'telusur_queue_version';

	/**
	 * The name of the table.
	 *
	 * @return string
	 */
	public static function table() {
		return $GLOBALS['wpdb']->prefix . 'telusur_queue';
	}

	/**
	 * Makes the table, where it is not there as this version needs it: on each site of a network, and after updates.
	 */
	public function prepare() {
		if ( self::VERSION === get_option( self::VERSION_OPTION ) ) {
			return;
		}
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$charset = $GLOBALS['wpdb']->get_charset_collate();
		dbDelta(
			'CREATE TABLE ' . self::table() . " (
			post_id bigint(20) unsigned NOT NULL,
			changed int(10) unsigned NOT NULL,
			attempts smallint(5) unsigned NOT NULL,
			due bigint(20) unsigned NOT NULL,
			PRIMARY KEY  (post_id),
			KEY due (due)
			) $charset;"
		);
		update_option( self::VERSION_OPTION, self::VERSION );
	}

	/**
	 * Takes in that a post changed.
	 *
	 * @param int $post Its number.
	 */
	public function add( $post ) {
		$this->run(
			'INSERT INTO %i (post_id, changed, attempts, due) VALUES (%d, 1, 0, %d)
			ON DUPLICATE KEY UPDATE changed = changed + 1, attempts = 0, due = VALUES(due)',
			$post,
			time()
		);
	}

	/**
	 * Takes in all posts that are published.
	 *
	 * @return int How many.
	 */
	public function add_all() {
		global $wpdb;
		$types = Telusur_Article::types();
		$marks = implode( ', ', array_fill( 0, count( $types ), '%s' ) );
		return (int) $this->run(
			"INSERT IGNORE INTO %i (post_id, changed, attempts, due)
			SELECT ID, 1, 0, %d FROM {$wpdb->posts} WHERE post_status = 'publish' AND post_password = '' AND post_type IN ($marks)",
			time(),
			...$types
		);
	}

	/**
	 * The post that is due for longest.
	 *
	 * @return object|null Its row.
	 */
	public function next() {
		global $wpdb;
		return $wpdb->get_row( $this->sql( 'SELECT * FROM %i WHERE due <= %d ORDER BY due, post_id LIMIT 1', time() ) ); // phpcs:ignore WordPress.DB -- prepared by sql().
	}

	/**
	 * Takes a post out, unless it changed again since its row was read.
	 *
	 * @param object $row Its row.
	 */
	public function finish( $row ) {
		$this->run( 'DELETE FROM %i WHERE post_id = %d AND changed = %d', $row->post_id, $row->changed );
	}

	/**
	 * Puts a post off, unless it changed again.
	 *
	 * @param object $row     Its row.
	 * @param int    $seconds For how long.
	 */
	public function postpone( $row, $seconds ) {
		$this->run(
			'UPDATE %i SET attempts = LEAST(attempts + 1, 1000), due = %d WHERE post_id = %d AND changed = %d',
			time() + $seconds,
			$row->post_id,
			$row->changed
		);
	}

	/**
	 * How many posts wait.
	 *
	 * @return int
	 */
	public function count() {
		global $wpdb;
		return (int) $wpdb->get_var( $this->sql( 'SELECT COUNT(*) FROM %i' ) ); // phpcs:ignore WordPress.DB -- prepared by sql().
	}

	/**
	 * When the next post is due; null if none waits.
	 *
	 * @return int|null A moment in seconds.
	 */
	public function next_due() {
		global $wpdb;
		$due = $wpdb->get_var( $this->sql( 'SELECT MIN(due) FROM %i' ) ); // phpcs:ignore WordPress.DB -- prepared by sql().
		return null === $due ? null : (int) $due;
	}

	/**
	 * Takes the queue for this process alone; the database gives it free when the process ends, however it ends.
	 *
	 * @return bool Whether nobody else has it.
	 */
	public function lock() {
		global $wpdb;
		return '1' === (string) $wpdb->get_var( $wpdb->prepare( 'SELECT GET_LOCK(%s, 0)', $this->lock_name() ) );
	}

	/**
	 * Gives it free.
	 */
	public function unlock() {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'SELECT RELEASE_LOCK(%s)', $this->lock_name() ) );
	}

	/**
	 * A name for the lock that no other site on the same server of databases has.
	 *
	 * @return string
	 */
	private function lock_name() {
		return 'telusur_' . md5( DB_NAME . self::table() );
	}

	/**
	 * Runs SQL.
	 *
	 * @param string $sql    With %i in the place of the table.
	 * @param mixed  ...$values For the other places.
	 * @return int|bool The rows that it touched.
	 */
	private function run( $sql, ...$values ) {
		return $GLOBALS['wpdb']->query( $this->sql( $sql, ...$values ) ); // phpcs:ignore WordPress.DB -- prepared by sql().
	}

	/**
	 * SQL with its values. WordPress itself knows %i from 6.2 on.
	 *
	 * @param string $sql    With %i in the place of the table.
	 * @param mixed  ...$values For the other places.
	 * @return string
	 */
	private function sql( $sql, ...$values ) {
		$sql = str_replace( '%i', '`' . self::table() . '`', $sql );
		return $values ? $GLOBALS['wpdb']->prepare( $sql, $values ) : $sql; // phpcs:ignore WordPress.DB -- this is where it is prepared.
	}
}
