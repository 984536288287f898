// What became of each topic, for everybody; a host makes needs of them here or joins needs that are there. Rule [OS14].
import { error, fail, redirect } from '@sveltejs/kit';
import { livingTopics } from '#lib/domain/meeting/open-space/space.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { atDesk, homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { openSpaceMessagesFor } from '#lib/server/open-space/messages.ts';
import { collectionFor, joinNeeds, makeNeed, needsOfTopics } from '#lib/server/open-space/onward.ts';
import { sentenceOf } from '#lib/server/refusal-sentences.ts';
import { personAt } from '#lib/domain/actor.ts';
import { needs as enNeeds } from '#lib/messages/en/needs.ts';
import { needs as zhNeeds } from '#lib/messages/zh-CN/needs.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { lang } = event.locals;
  const { state, viewer, may } = await inPublic(event, meetingId);
  const { openSpace: open } = state;
  if (!open) error(404, messagesFor(lang).pages.notFoundText);
  const home = await homeOf(meetingId);
  const [needs, collection] = await Promise.all([needsOfTopics(meetingId), collectionFor(home.communityId)]);
  const { states } = lang === 'en' ? enNeeds : zhNeeds;
  return {
    home,
    meetingId,
    title: state.title?.text ?? '',
    host: may('followUpCommitment'),
    categories: collection?.categories ?? null,
    topics: livingTopics(open).map((topic) => ({
      topicId: topic.topicId,
      title: topic.title.text ?? '',
      authors: topic.authors.map((id) => state.participants.byId[id]?.name.text ?? ''),
      mine: viewer.participantId !== null && topic.authors.includes(viewer.participantId),
      made: needs.some((need) => need.topicId === topic.topicId && need.made),
      needs: needs
        .filter((need) => need.topicId === topic.topicId)
        .map(({ needId, code, title, status }) => ({ needId, code, title, status: states[status] })),
    })),
  };
};

export const actions: Actions = {
  make: async (event) => {
    const { meetingId } = event.params;
    const { lang, actor } = event.locals;
    const { state } = await atDesk(event, meetingId, 'followUpCommitment');
    const { communityId } = await homeOf(meetingId);
    const { text } = fieldsOf(await event.request.formData());
    const say = openSpaceMessagesFor(lang);
    const asked = { topicId: text('topicId'), category: text('category') };
    const made = await makeNeed(communityId, state, asked, personAt(actor, meetingId) ?? '', say);
    if (isOfficeRefusal(made)) return fail(400, { topicId: asked.topicId, sentence: sentenceOf(lang, made) });
    redirect(303, event.url.pathname);
  },

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
