// What became of the topics somebody named, by the private address that is theirs for ever. Whoever has it is that person; it says nothing of topics
// they had no part in. Rule [OS15].
import { error } from '@sveltejs/kit';
import { homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { fatesOf } from '#lib/server/open-space/onward.ts';
import { proposerBy } from '#lib/server/open-space/own-topics.ts';
import { withStands } from '#lib/server/open-space/stands.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId, lookup } = event.params;
  const { lang } = event.locals;
  const { state } = await inPublic(event, meetingId);
  const participantId = await proposerBy(state, lookup);
  const open = state.openSpace;
  if (!open || participantId === null) error(404, messagesFor(lang).pages.notFoundText);
  // The address is a secret: it goes to nobody else.
  event.setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
  const theirs = (topicId: string) => open.topics[topicId]?.authors.includes(participantId) ?? false;
  const fates = await fatesOf(state, ({ topicId }) => theirs(topicId));
  return {
    home: await homeOf(meetingId),
    meetingId,
    title: state.title?.text ?? '',
    address: `${reachableOrigin(event.url)}/m/${meetingId}/onward/${lookup}`,
    topics: fates.filter(({ topicId }) => theirs(topicId)).map((fate) => withStands(lang, fate)),
  };
};
