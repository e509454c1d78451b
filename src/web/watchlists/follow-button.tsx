import type { FollowKind } from '../../domain/follow.js';
import { Form } from '../form/form.js';
import type { Visit } from '../frame/visit.js';
import { nameOf } from '../parts/words.js';

type FollowButtonProps = {
  visit: Visit;
  target: { kind: FollowKind; key: string };
  /** What is followed, as the archive calls it. */
  name: string;
  /** In any watchlist: see `QuickFollowService.followed`. */
  isFollowed?: boolean;
  /** Where the browser goes on without a script; the page that is read unless given. */
  back?: string;
  /** What became of a click. */
  word?: { kind: 'said' | 'fault'; text: string };
};

/** What `?said=` stands for on pages that have the button. */
export const followSentences = {
  followed: 'You follow this now.',
  unfollowed: 'You no longer follow this.',
} as const;

/** Follows by one click, and unfollows by the next. Visitors are led to sign in; the operator has no watchlists. */
export function FollowButton({ visit, target, name, isFollowed = false, back, word }: FollowButtonProps) {
  const { site, reader, path } = visit;
  const { kind, key } = target;
  if (reader.kind === 'operator') return null;
  if (reader.kind === 'visitor') {
    return (
      <a class="button quiet follow" href={`${site.base}/sign-in?next=${encodeURIComponent(path)}`}>
        Follow<span class="unseen"> {nameOf(name)}</span>
      </a>
    );
  }
  return (
    <Form
      visit={visit}
      action="/follow"
      class="follow"
      data-hx-post={`${site.base}/follow`}
      data-hx-swap="outerHTML"
    >
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="name" value={nameOf(name).slice(0, 200)} />
      <input type="hidden" name="back" value={back ?? path} />
      <button
        id={`follow-${kind}-${encodeURIComponent(key)}`}
        name="want"
        value={isFollowed ? 'unfollow' : 'follow'}
        class={isFollowed ? 'quiet' : undefined}
      >
        {isFollowed ? (
          <>
            <span aria-hidden="true">✓ </span>Following
            <span class="unseen">. Stop following {nameOf(name)}</span>
          </>
        ) : (
          <>
            Follow<span class="unseen"> {nameOf(name)}</span>
          </>
        )}
      </button>
      {word && (
        <span class={`follow-${word.kind}`} role="status">
          {word.text}
        </span>
      )}
    </Form>
  );
}
