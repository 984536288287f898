// One slip for everybody who named a topic, to print and cut: the private address for who had no phone, or lost it. For the desk alone. Rule [OS15].
import { error } from '@sveltejs/kit';
import { livingTopics } from '#lib/domain/meeting/open-space/space.ts';
import { atDesk, homeOf } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { proposersOf, topicLookup } from '#lib/server/open-space/own-topics.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state } = await atDesk(event, meetingId, 'followUpCommitment');
  const open = state.openSpace;
  if (!open) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  event.setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
  const origin = reachableOrigin(event.url);
  return {
    home: await homeOf(meetingId),
    meetingId,
    title: state.title?.text ?? '',
    slips: await Promise.all(
      proposersOf(state).map(async (participantId) => ({
        participantId,
        name: state.participants.byId[participantId]?.name.text ?? '',
        assisted: state.participants.byId[participantId]?.assistedBy !== null,
        topics: livingTopics(open)
          .filter(({ authors }) => authors.includes(participantId))
          .map(({ title }) => title.text ?? ''),
        address: `${origin}/m/${meetingId}/onward/${await topicLookup(meetingId, participantId)}`,
      })),
    ),
  };
};
