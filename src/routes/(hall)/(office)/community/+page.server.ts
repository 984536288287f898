// The community page: facts, zones, building groups.
import { mayManageCommunity, maySeeCommunity } from '#lib/domain/policies.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import {
  addBuildingGroups,
  addZone,
  readCommunity,
  removeBuildingGroup,
  removeZone,
  renameZone,
  updateCommunity,
} from '#lib/server/people/communities.ts';
import { error } from '@sveltejs/kit';
import type { RequestEvent } from './$types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && maySeeCommunity(who, who.communityId));
  const community = await readCommunity(who.communityId);
  if (!community) error(404);
  return { community, mayEdit: mayManageCommunity(who, who.communityId) };
};

const mayManage = (event: RequestEvent) =>
  permitted(event, (who) => who !== null && mayManageCommunity(who, who.communityId));

export const actions: Actions = {
  facts: async (event) => {
    const { who, refused } = await mayManage(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { text, whole } = fieldsOf(form);
    const refusal = await updateCommunity(who.communityId, {
      name: text('name'),
      subdistrict: text('subdistrict'),
      district: text('district'),
      city: text('city'),
      households: whole('households'),
      population: whole('population'),
    });
    return refusal ? refusedForm(event, refusal, form) : { done: 'facts' };
  },

  addZone: async (event) => {
    const { who, refused } = await mayManage(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const added = await addZone(who.communityId, fieldsOf(form).text('name'));
    return isOfficeRefusal(added) ? refusedForm(event, added, form) : { done: 'addZone' };
  },

  renameZone: async (event) => {
    const { who, refused } = await mayManage(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const refusal = await renameZone(who.communityId, text('for'), text('name'));
    return refusal ? refusedForm(event, refusal, form) : { done: 'renameZone', of: text('for') };
  },

  removeZone: async (event) => {
    const { who, refused } = await mayManage(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const refusal = await removeZone(who.communityId, fieldsOf(form).text('for'));
    return refusal ? refusedForm(event, refusal, form) : { done: 'removeZone' };
  },

  addGroups: async (event) => {
    const { who, refused } = await mayManage(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { text, lines } = fieldsOf(form);
    const added = await addBuildingGroups(who.communityId, text('for'), lines('names').split(/[\r\n]+/));
    return isOfficeRefusal(added)
      ? refusedForm(event, added, form)
      : { done: 'addGroups', of: text('for'), added: added.added };
  },

  removeGroup: async (event) => {
    const { who, refused } = await mayManage(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const refusal = await removeBuildingGroup(who.communityId, text('groupId'));
    return refusal ? refusedForm(event, refusal, form) : { done: 'removeGroup', of: text('for') };
  },
};
