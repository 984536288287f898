// Preparing a hearing, in the order it is done: announce, enrol, draw, fill the benches, convene. For chair and secretary; a helper enrols for others and
// sees no contact of anybody else.
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { formatLocalInput } from '#lib/messages/format.ts';
import { refusedByLaw } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { announceHearing, drawPublicly, sealIsDue } from '#lib/server/hearings/announce.ts';
import { enrol, enrolmentsOf, zonesAt } from '#lib/server/hearings/enrol.ts';
import { placesOfLines } from '#lib/server/hearings/places-form.ts';
import { appoint, dismiss, hearingSeatsOf } from '#lib/server/hearings/roster.ts';
import { instantOfLocal } from '#lib/server/local-instant.ts';
import { atDesk, homeOf } from '#lib/server/meetings/meeting-door.ts';
import { namesOf } from '#lib/server/people/register.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { Actions, PageServerLoad } from './$types';

const dayMs = 86_400_000;

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  await sealIsDue(meetingId);
  const { state, may } = await atDesk(event, meetingId, 'announceHearing', 'askFor');
  const mayAnnounce = may('announceHearing');
  const { hearing } = state;
  const [home, enrolments, seats, zones] = await Promise.all([
    homeOf(meetingId),
    hearing ? enrolmentsOf(meetingId) : [],
    hearingSeatsOf(meetingId),
    zonesAt(meetingId),
  ]);
  return {
    meeting: { meetingId, title: state.title?.text ?? '', phase: state.phase },
    hearing: hearing && {
      announcedAt: hearing.announcedAt,
      enrolBy: hearing.enrolBy,
      places: hearing.places,
      publicSource: hearing.publicSource.text ?? '',
      publicKnownAt: hearing.publicKnownAt,
      sealed: hearing.sealed,
      drawn: hearing.draw !== null,
      open: Date.now() < hearing.enrolBy,
      valueKnown: Date.now() >= hearing.publicKnownAt,
    },
    suggested: {
      enrolBy: formatLocalInput(Math.max(Date.now() + dayMs, state.startsAt - 5 * dayMs)),
      publicKnownAt: formatLocalInput(Math.max(Date.now() + 2 * dayMs, state.startsAt - 4 * dayMs)),
    },
    // Contacts are the office's: who only helps sees that somebody enrolled.
    enrolments: enrolments.map(({ number, name, placeKey, zone, contact, channel, withdrawnAt }) => ({
      number,
      name: mayAnnounce ? name : '',
      placeKey,
      zone,
      contact: mayAnnounce ? contact : null,
      channel,
      withdrawn: withdrawnAt !== null,
    })),
    seats: mayAnnounce ? seats : [],
    people: mayAnnounce && hearing && state.phase === 'draft' ? await namesOf(home.communityId) : [],
    zones,
    sentId: newId(),
    may: { announce: mayAnnounce, enrol: may('askFor') },
  };
};

export const actions: Actions = {
  announce: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'announceHearing');
    const form = await event.request.formData();
    const { lines, text, whole } = fieldsOf(form);
    const refusal = await announceHearing(
      meetingId,
      {
        matter: lines('matter'),
        how: lines('how'),
        places: placesOfLines(lines('places')),
        enrolBy: instantOfLocal(text('enrolBy')) ?? 0,
        publicSource: text('publicSource'),
        publicKnownAt: instantOfLocal(text('publicKnownAt')) ?? 0,
        contactDays: whole('contactDays') ?? 0,
      },
      event.locals.actor,
    );
    return refusal ? refusedByLaw(event, refusal, form) : { done: 'announce' };
  },

  enrol: async (event) => {
    const { meetingId } = event.params;
    const { viewer } = await atDesk(event, meetingId, 'askFor');
    const form = await event.request.formData();
    const { text, textOrNull } = fieldsOf(form);
    const sent = {
      sentId: text('sentId'),
      placeKey: textOrNull('placeKey'),
      name: text('name'),
      contact: text('contact'),
      zone: textOrNull('zone'),
      channel: 'assisted' as const,
    };
    const taken = await enrol(meetingId, sent, { author: null, enteredBy: viewer.personId });
    if (isRefusal(taken)) return refusedByLaw(event, taken, form);
    const address = `${reachableOrigin(event.url)}/m/${meetingId}/hearing/mine/${taken.lookup}`;
    return { done: 'enrol', number: taken.number, address };
  },

  draw: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'drawRepresentatives');
    const form = await event.request.formData();
    const refusal = await drawPublicly(meetingId, fieldsOf(form).text('publicValue'), event.locals.actor);
    return refusal ? refusedByLaw(event, refusal, form) : { done: 'draw' };
  },

  appoint: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'announceHearing');
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const refusal = await appoint(meetingId, text('personId'), text('bench'));
    return refusal ? refusedByLaw(event, refusal, form) : { done: 'appoint' };
  },

  dismiss: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'announceHearing');
    const refusal = await dismiss(meetingId, fieldsOf(await event.request.formData()).text('seatId'));
    return refusal ? refusedByLaw(event, refusal) : { done: 'dismiss' };
  },
};
