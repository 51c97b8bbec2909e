<?php
/**
 * Tells the service of changes.
 *
 * @package Telusur
 */

defined( 'ABSPATH' ) || exit;

/**
 * Queues posts as they change, and sends them by WP-Cron, so that no editor waits; again, ever later, while that fails.
 */
final class Telusur_Sender {

	const EVENT = 'telusur_send';

	const SWEEP = 'telusur_sweep';

	const STATE = 'telusur_state';

	const UNTROUBLED = array(
		'failures' => 0,
		'until'    => 0,
		'note'     => '',
	);

	const MOST_AT_ONCE = 100;

	const MOST_SECONDS = 20;

	const FIRST_WAIT = 30;

	const LONGEST_WAIT = 3600;

	/**
	 * What waits.
	 *
	 * @var Telusur_Queue
	 */
	private $queue;

	/**
	 * Send what waits in a queue.
	 *
	 * @param Telusur_Queue $queue The queue.
	 */
	public function __construct( Telusur_Queue $queue ) {
		$this->queue = $queue;
	}

	/**
	 * Takes its places in WordPress.
	 */
	public function register() {
		if ( ! Telusur_Settings::sends_posts() ) {
			return;
		}
		$this->queue->prepare();
		add_action( 'wp_after_insert_post', array( $this, 'saved' ), 10, 4 );
		add_action( 'deleted_post', array( $this, 'deleted' ), 10, 2 );
		add_action( self::EVENT, array( $this, 'send' ) );
		add_action( self::SWEEP, array( $this, 'send' ) );
		if ( ! wp_next_scheduled( self::SWEEP ) ) {
			wp_schedule_event( time() + HOUR_IN_SECONDS, 'hourly', self::SWEEP ); // For an event that was lost.
		}
	}

	/**
	 * What waits is sent no more.
	 */
	public static function unschedule() {
		wp_clear_scheduled_hook( self::EVENT );
		wp_clear_scheduled_hook( self::SWEEP );
	}

	/**
	 * How sending fares: failures in a row, until when it rests, and what went wrong last.
	 *
	 * @return array
	 */
	public static function state() {
		return array_merge( self::UNTROUBLED, (array) get_option( self::STATE, array() ) );
	}

	/**
	 * Queues a post that was published, changed, trashed, or hidden; drafts are nobody's concern.
	 *
	 * @param int          $id     Its number.
	 * @param WP_Post      $post   The post.
	 * @param bool         $update Whether it was there before.
	 * @param WP_Post|null $before As it was.
	 */
	public function saved( $id, $post, $update, $before ) {
		if ( Telusur_Article::is_public( $post ) || Telusur_Article::is_public( $before ) ) {
			$this->take_in( $id );
		}
	}

	/**
	 * Queues a post that was deleted for good.
	 *
	 * @param int     $id   Its number.
	 * @param WP_Post $post As it was.
	 */
	public function deleted( $id, $post ) {
		if ( in_array( $post->post_type, Telusur_Article::types(), true ) && 'auto-draft' !== $post->post_status ) {
			$this->take_in( $id );
		}
	}

	/**
	 * Queues all published posts.
	 *
	 * @return int How many were not queued yet.
	 */
	public function take_in_all() {
		$count = $this->queue->add_all();
		$this->schedule();
		return $count;
	}

	/**
	 * Sends what is due, for a while.
	 */
	public function send() {
		if ( ! $this->queue->lock() ) {
			return; // Another process sends, and will see to the rest.
		}
		try {
			$service = Telusur_Service::of_settings();
			$end     = time() + self::MOST_SECONDS;
			for ( $sent = 0; $sent < self::MOST_AT_ONCE && time() < $end && time() >= self::state()['until']; ++$sent ) {
				$row = $this->queue->next();
				if ( null === $row ) {
					break;
				}
				$this->conclude( $row, $this->tell( $service, (int) $row->post_id ) );
			}
		} finally {
			$this->queue->unlock();
			$this->schedule();
		}
	}

	/**
	 * Queues a post and sees to it that the queue is sent.
	 *
	 * @param int $id Its number.
	 */
	private function take_in( $id ) {
		$this->queue->add( $id );
		$this->schedule();
	}

	/**
	 * Tells the service how a post stands now, whatever it was queued for.
	 *
	 * @param Telusur_Service $service The service.
	 * @param int             $id      The number of the post.
	 * @return Telusur_Reply
	 */
	private function tell( $service, $id ) {
		wp_cache_delete( $id, 'posts' ); // What this process has read of it may be older than its row.
		$post   = get_post( $id );
		$record = Telusur_Article::is_public( $post ) ? Telusur_Article::record( $post ) : null;
		return null === $record ? $service->delete( Telusur_Article::id( $id ) ) : $service->put( $record );
	}

	/**
	 * Does what an answer asks for: all is well, never again, later, or all of it later.
	 *
	 * @param object        $row   Of the post.
	 * @param Telusur_Reply $reply The answer.
	 */
	private function conclude( $row, Telusur_Reply $reply ) {
		$state = self::state();
		if ( $reply->is_good() ) {
			$this->queue->finish( $row );
			if ( $state['failures'] > 0 ) {
				update_option( self::STATE, self::UNTROUBLED, false );
			}
			return;
		}
		/* translators: 1: number of a post, 2: what the service answered */
		$state['note'] = sprintf( __( 'Post %1$d: %2$s', 'telusur' ), $row->post_id, $reply->reason() );
		if ( $reply->is_refusal() ) {
			$this->queue->finish( $row );
		} elseif ( $reply->is_outage() ) {
			$state['until']    = time() + self::wait( $state['failures'], $reply );
			$state['failures'] = $state['failures'] + 1;
		} else {
			$this->queue->postpone( $row, self::wait( (int) $row->attempts, $reply ) );
		}
		update_option( self::STATE, $state, false );
	}

	/**
	 * The seconds to wait after so many failures: twice as long each time, and no shorter than the service asks.
	 *
	 * @param int           $failures Before this one.
	 * @param Telusur_Reply $reply    The answer.
	 * @return int
	 */
	private static function wait( $failures, Telusur_Reply $reply ) {
		$doubled = self::FIRST_WAIT * 2 ** min( $failures, 10 );
		return (int) min( self::LONGEST_WAIT, max( $doubled, $reply->retry_after ) );
	}

	/**
	 * Has WP-Cron send when the next post is due. An event that stands later, or was due and never ran, gives way: WordPress
	 * ignores a second one within ten minutes.
	 */
	private function schedule() {
		$due = $this->queue->next_due();
		if ( null === $due ) {
			return;
		}
		$due       = max( $due, self::state()['until'], time() );
		$scheduled = wp_next_scheduled( self::EVENT );
		if ( false === $scheduled || $scheduled > $due ) {
			wp_clear_scheduled_hook( self::EVENT );
			wp_schedule_single_event( $due, self::EVENT );
		}
	}
}
