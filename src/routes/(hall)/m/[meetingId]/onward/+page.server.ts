// What became of each topic, for everybody, without anybody's name; a host makes needs and plans of them here or joins needs that are there.
// Whoever named a topic finds the way to the own page. Rules [OS14], [OS15].
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { personAt } from '#lib/domain/actor.ts';
import { mayRunProjects } from '#lib/domain/policies.ts';
import { isOfficeRefusal, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { atDesk, homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { openSpaceMessagesFor } from '#lib/server/open-space/messages.ts';
import { collectionFor, fatesOf, joinNeeds, makeNeed, makePlan } from '#lib/server/open-space/onward.ts';
import { proposersOf, topicLookup } from '#lib/server/open-space/own-topics.ts';
import { withStands } from '#lib/server/open-space/stands.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import { sentenceOf } from '#lib/server/refusal-sentences.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { lang, actor } = event.locals;
  const { state, viewer, may } = await inPublic(event, meetingId);
  const { openSpace: open } = state;
  if (!open) error(404, messagesFor(lang).pages.notFoundText);
  const home = await homeOf(meetingId);
  const host = may('followUpCommitment');
  const own = viewer.participantId !== null && proposersOf(state).includes(viewer.participantId);
  const [fates, collection] = await Promise.all([fatesOf(state, () => host), collectionFor(home.communityId)]);
  return {
    home,
    meetingId,
    title: state.title?.text ?? '',
    host,
    plans: host && mayRunProjects(await standingOf(actor), home.communityId),
    own: own && viewer.participantId !== null ? await topicLookup(meetingId, viewer.participantId) : null,
    categories: collection?.categories ?? null,
    topics: fates.map((fate) => ({
      ...withStands(lang, fate),
      mine: viewer.participantId !== null && (open.topics[fate.topicId]?.authors ?? []).includes(viewer.participantId),
    })),
  };
};

type Making = typeof makeNeed | typeof makePlan;

/** Both ask for the topic and a category, and answer at the topic's own form. */
async function making(event: RequestEvent, make: Making, allowed: (communityId: string) => Promise<boolean>) {
  const { meetingId = '' } = event.params;
  const { lang, actor } = event.locals;
  const { state } = await atDesk(event, meetingId, 'followUpCommitment');
  const { communityId } = await homeOf(meetingId);
  const { text } = fieldsOf(await event.request.formData());
  const asked = { topicId: text('topicId'), category: text('category') };
  const made: object | OfficeRefusal = (await allowed(communityId))
    ? await make(communityId, state, asked, personAt(actor, meetingId) ?? '', openSpaceMessagesFor(lang))
    : refuseOffice('not-allowed');
  if (isOfficeRefusal(made)) return fail(400, { topicId: asked.topicId, sentence: sentenceOf(lang, made) });
  redirect(303, event.url.pathname);
}

export const actions: Actions = {
  make: (event) => making(event, makeNeed, () => Promise.resolve(true)),

  plan: (event) =>
    making(event, makePlan, async (communityId) => mayRunProjects(await standingOf(event.locals.actor), communityId)),

  join: async (event) => {
    const { meetingId } = event.params;
    const { state } = await atDesk(event, meetingId, 'followUpCommitment');
    const { communityId } = await homeOf(meetingId);
    const { text } = fieldsOf(await event.request.formData());
    const topicId = text('topicId');
    const codes = text('codes')
      .toUpperCase()
      .split(/[\s,，、]+/)
      .filter((code) => code !== '');
    const { unknown } = await joinNeeds(communityId, state, topicId, codes);
    if (unknown !== null)
      return fail(400, { topicId, sentence: openSpaceMessagesFor(event.locals.lang).onwardUnknown({ code: unknown }) });
    redirect(303, event.url.pathname);
  },
};
