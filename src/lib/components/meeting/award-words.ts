// What a motion's money means, in one sentence: before its vote whether it fits, after it what was booked. Pure; every screen says the same.
import { envelopeAt, type AwardOutlook } from '#lib/domain/meeting/awards.ts';
import type { Motion } from '#lib/domain/meeting/motion-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { formatYuan } from '#lib/messages/format.ts';
import type { Messages } from '#lib/messages/zh-CN.ts';
import { textOf } from './seat-words.ts';

/** [B10] Where it would be taken from and what would be left, or what is missing and that nothing would be booked. */
export function outlookSentence(w: Messages, outlook: AwardOutlook): string {
  const { short, roomFen, poolFen, missingFen, amountFen } = outlook;
  const said = {
    envelope: textOf(w, outlook.envelope.name),
    amount: formatYuan(amountFen),
    room: formatYuan(short === null ? roomFen - amountFen : roomFen),
    pool: formatYuan(poolFen),
    missing: formatYuan(missingFen),
  };
  if (short === null) return w.meeting.money.takenFrom(said);
  return short === 'envelope' ? w.meeting.money.overEnvelope(said) : w.meeting.money.overPool(said);
}

/** The same for the big screen, where the figures stand beneath: only what is missing, and what that means. */
export function outlookInShort(w: Messages, { short, envelope, roomFen, poolFen, missingFen }: AwardOutlook): string {
  const where =
    short === 'envelope' ? w.meeting.money.inEnvelope({ envelope: textOf(w, envelope.name) }) : w.meeting.money.inPool;
  const left = formatYuan(short === 'envelope' ? roomFen : poolFen);
  return short === null ? '' : w.meeting.money.overInShort({ where, left, missing: formatYuan(missingFen) });
}

/** What its result did to the books; empty for a motion that awards nothing or has not passed. */
export function awardSentence(w: Messages, state: MeetingState, motion: Motion | undefined): string {
  const award = motion?.award;
  if (!award) return '';
  const found = envelopeAt(state, motion.envelopeId);
  const envelope = textOf(w, found?.envelope.name ?? null);
  const { money } = w.meeting;
  switch (award.status) {
    case 'booked':
      return money.booked({ amount: formatYuan(award.amountFen), envelope });
    case 'not_booked': {
      const said = {
        amount: formatYuan(award.amountFen),
        envelope,
        room: formatYuan(award.roomFen),
        pool: formatYuan(award.poolFen),
      };
      return money.notBooked[award.short](said);
    }
    case 'released': {
      const released = formatYuan(award.releasedFen);
      return award.keptFen > 0
        ? money.partlyReleased({ released, kept: formatYuan(award.keptFen) })
        : money.released({ released });
    }
  }
}
