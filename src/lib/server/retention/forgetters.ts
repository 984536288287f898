// Where each matter of retention stands in the database: what is past its day, and how it is forgotten. Names, contacts and links go; ids, counts
// and digests stay, so that chains and tallies still verify. Each runs inside the caller's transaction and changes nothing the second time. [RT3]
import { sql, type SQL } from 'drizzle-orm';
import type { MatterId } from '#lib/domain/retention/matters.ts';
import type { Queryable } from '#lib/server/db/client.ts';

export interface Forgetter {
  /** `select … as id` of what has served its purpose before an instant; everything that is held where the instant is the end of time. `now` is for what says its own day. */
  due(communityId: string, before: number, now: number): SQL;
  forget(tx: Queryable, ids: readonly string[], now: number): Promise<unknown>;
}

/** The ids of one kind, where a matter stands in several tables and each id is preceded by its table's word. */
const ofKind = (ids: readonly string[], kind: string): string[] =>
  ids.filter((id) => id.startsWith(`${kind} `)).map((id) => id.slice(kind.length + 1));

/** Ids as one parameter. */
const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;

const ended = (communityId: string, before: number): SQL =>
  sql`select id from meetings where community_id = ${communityId} and phase in ('adjourned', 'cancelled')
      and starts_at + planned_minutes * 60000 < ${before}`;

const answeredNeeds = (communityId: string, before: number): SQL =>
  sql`select needs.id from needs where needs.community_id = ${communityId} and needs.status in ('done', 'declined', 'merged')
      and (select coalesce(max(at), needs.submitted_at) from need_history where need_id = needs.id) < ${before}`;

export const forgetters: Readonly<Record<MatterId, Forgetter>> = {
  need_contacts: {
    due: (communityId, before) =>
      sql`select need_id as id from need_authors where (name is not null or contact is not null or guest_id is not null)
          and need_id in (${answeredNeeds(communityId, before)})`,
    forget: (tx, ids, now) =>
      tx.execute(
        sql`update need_authors set name = null, contact = null, guest_id = null, erased_at = coalesce(erased_at, ${now}) where need_id in ${among(ids)}`,
      ),
  },
  wish_details: {
    due: (communityId, before) =>
      sql`select need_id as id from micro_wishes join needs on needs.id = need_id
          where needs.community_id = ${communityId} and micro_wishes.status in ('fulfilled', 'withdrawn')
          and coalesce(fulfilled_at, claimed_at, submitted_at) < ${before}
          and (detail <> '' or exists (select 1 from need_photos where need_photos.need_id = needs.id))`,
    async forget(tx, ids) {
      await tx.execute(sql`update needs set detail = '' where id in ${among(ids)}`);
      await tx.execute(sql`delete from need_photos where need_id in ${among(ids)}`);
    },
  },
  wish_givers: {
    due: (communityId, before) =>
      sql`select need_id as id from micro_wishes join needs on needs.id = need_id
          where needs.community_id = ${communityId} and claim_contact is not null
          and micro_wishes.status in ('fulfilled', 'withdrawn') and coalesce(fulfilled_at, claimed_at, submitted_at) < ${before}`,
    forget: (tx, ids) => tx.execute(sql`update micro_wishes set claim_contact = null where need_id in ${among(ids)}`),
  },
  objection_contacts: {
    due: (communityId, before) =>
      sql`select objections.id from objections left join projects on projects.id = project_id
          left join publications on publications.id = publication_id
          where coalesce(projects.community_id, publications.community_id) = ${communityId} and answered_at < ${before}
          and (objections.name is not null or objections.contact is not null or guest_id is not null)`,
    forget: (tx, ids) =>
      tx.execute(sql`update objections set name = null, contact = null, guest_id = null where id in ${among(ids)}`),
  },
  hearing_contacts: {
    due: (communityId, before, now) =>
      sql`select enrolments.id from enrolments join meetings on meetings.id = meeting_id join hearings using (meeting_id)
          where community_id = ${communityId} and contact is not null
          and (starts_at < ${before} or starts_at + contact_days::bigint * 86400000 < ${now})`,
    forget: (tx, ids) => tx.execute(sql`update enrolments set contact = null where id in ${among(ids)}`),
  },
  feedback_contacts: {
    due: (communityId, before) =>
      sql`select feedback.id from feedback join feedback_authors on feedback_id = feedback.id
          where community_id = ${communityId} and answered_at < ${before}
          and (name is not null or contact is not null or guest_id is not null)`,
    forget: (tx, ids, now) =>
      tx.execute(
        sql`update feedback_authors set name = null, contact = null, guest_id = null, erased_at = coalesce(erased_at, ${now}) where feedback_id in ${among(ids)}`,
      ),
  },
  signature_images: {
    // Digests stay in bundle and record: what was signed still verifies.
    due: (communityId, before) => {
      const stands = sql`join minutes_records on minutes_records.id = record_id join meetings on meetings.id = meeting_id
          left join minutes_names using (record_id, person) left join people on people.id = minutes_names.person_id
          where meetings.community_id = ${communityId}`;
      return sql`(select 'paper ' || paper_signatures.id as id from paper_signatures ${stands} and length(scan) > 0
            and (erased_at < ${before} or voided_at < ${before} or settled_at < ${before} and not confirmed
              or settled_at is null and completed_at < ${before}))
          union all (select 'drawn ' || record_id || ' ' || minutes_signatures.person from minutes_signatures ${stands}
            and image is not null and (erased_at < ${before} or voided_at < ${before}))`;
    },
    async forget(tx, ids) {
      await tx.execute(sql`update paper_signatures set scan = '' where id in ${among(ofKind(ids, 'paper'))}`);
      await tx.execute(
        sql`update minutes_signatures set image = null where record_id || ' ' || person in ${among(ofKind(ids, 'drawn'))}`,
      );
    },
  },
  member_phones: {
    // A seat ends with the person's own day in it, or with its council's term.
    due: (communityId, before) => {
      const next = sql`(select min(created_at) from councils as later where later.follows = council_id)`;
      return sql`select id from people where community_id = ${communityId} and phone is not null and created_at < ${before}
          and not exists (select 1 from staff_roles where person_id = people.id)
          and not exists (select 1 from council_roles where person_id = people.id and ${next} is null)
          and not exists (select 1 from seats where person_id = people.id
            and coalesce(ended_at, ${next}, ${before}) >= ${before})
          and not exists (select 1 from hearing_seats join meetings on meetings.id = meeting_id
            where person_id = people.id and starts_at >= ${before})`;
    },
    forget: (tx, ids) => tx.execute(sql`update people set phone = null where id in ${among(ids)}`),
  },
  leave_reasons: {
    due: (communityId, before) =>
      sql`select id from meeting_words where scope = 'hosts' and erased_at is null and meeting_id in (${ended(communityId, before)})`,
    forget: (tx, ids, now) =>
      tx.execute(
        sql`update meeting_words set text = null, elsewhere = null, salt = null, erased_at = ${now} where id in ${among(ids)}`,
      ),
  },
  ballot_links: {
    due: (communityId, before) =>
      sql`select polls.id from polls join meetings on meetings.id = meeting_id
          where community_id = ${communityId} and closed_at < ${before}
          and (exists (select 1 from ballots where poll_id = polls.id and (acting_id <> '' or cast_ids <> '{}'))
            or exists (select 1 from slip_ballots where poll_id = polls.id and cast_ids <> '{}'))`,
    async forget(tx, ids) {
      await tx.execute(sql`update ballots set acting_id = '', cast_ids = '{}' where poll_id in ${among(ids)}`);
      await tx.execute(sql`update slip_ballots set cast_ids = '{}' where poll_id in ${among(ids)}`);
    },
  },
  slips: {
    // Slips of funding ballots and appraisals are counted: their codes become nobody's, the rows stay.
    due: (communityId, before) =>
      sql`(select 'entry ' || slips.id as id from slips where meeting_id in (${ended(communityId, before)}))
          union all (select 'ballot ' || ballot_slips.id from ballot_slips
            where code_hash not like 'forgotten %' and meeting_id in (${ended(communityId, before)}))
          union all (select 'appraisal ' || code_hash from appraisal_slips join appraisals on appraisals.id = appraisal_id
            join projects on projects.id = appraisals.project_id
            where community_id = ${communityId} and code_hash not like 'forgotten %' and announced_at < ${before})`,
    async forget(tx, ids) {
      await tx.execute(sql`delete from slips where id in ${among(ofKind(ids, 'entry'))}`);
      await tx.execute(
        sql`update ballot_slips set code_hash = 'forgotten ' || id where id in ${among(ofKind(ids, 'ballot'))}`,
      );
      await tx.execute(sql`delete from appraisal_entries where code_hash in ${among(ofKind(ids, 'appraisal'))}`);
      await tx.execute(
        sql`update appraisal_slips set code_hash = 'forgotten ' || gen_random_uuid() where code_hash in ${among(ofKind(ids, 'appraisal'))}`,
      );
    },
  },
  guests: {
    due: (communityId, before) =>
      sql`select id from guests where community_id = ${communityId} and created_at < ${before}`,
    async forget(tx, ids) {
      await tx.execute(sql`update questions set guest_id = null, shown_name = '' where guest_id in ${among(ids)}`);
      await tx.execute(sql`update need_authors set guest_id = null where guest_id in ${among(ids)}`);
      await tx.execute(sql`update objections set guest_id = null where guest_id in ${among(ids)}`);
      await tx.execute(sql`update feedback_authors set guest_id = null where guest_id in ${among(ids)}`);
      // A support stays counted, and is nobody's.
      for (const table of [sql`need_supports`, sql`question_supports`])
        await tx.execute(
          sql`update ${table} set supporter = 'forgotten:' || gen_random_uuid()
              where supporter in (select 'guest:' || jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`,
        );
      await tx.execute(sql`delete from guests where id in ${among(ids)}`);
    },
  },
  sessions: {
    due: (communityId, before) =>
      sql`(select 'session ' || sessions.id as id from sessions join people on people.id = person_id
            where community_id = ${communityId} and expires_at < ${before})
          union all (select 'challenge ' || challenge from passkey_challenges where expires_at < ${before})
          union all (select 'ask ' || nonce from signing_asks where expires_at < ${before})`,
    async forget(tx, ids) {
      await tx.execute(sql`delete from sessions where id in ${among(ofKind(ids, 'session'))}`);
      await tx.execute(sql`delete from passkey_challenges where challenge in ${among(ofKind(ids, 'challenge'))}`);
      await tx.execute(sql`delete from signing_asks where nonce in ${among(ofKind(ids, 'ask'))}`);
    },
  },
  downloads: {
    due: (communityId, before) => sql`select id from downloads where community_id = ${communityId} and at < ${before}`,
    forget: (tx, ids) => tx.execute(sql`delete from downloads where id in ${among(ids)}`),
  },
};
