// The next step of a meeting as a person reads it: what, what it takes, and whose move it is. Used by the card in every room and by the big
// screen's foot line. Pure.
import { itemOf } from '#lib/domain/meeting/agenda.ts';
import { nextStep } from '#lib/domain/meeting/next-step.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { formatDateTime, formatList } from '#lib/messages/format.ts';
import type { Lang } from '#lib/messages/lang.ts';
import type { Messages } from '#lib/messages/zh-CN.ts';
import { partyName, stageName, textOf } from './seat-words.ts';

export interface NextStepWords {
  readonly step: string;
  readonly detail: string | null;
  readonly who: string | null;
}

export function nextStepWords(w: Messages, lang: Lang, state: MeetingState): NextStepWords {
  const next = nextStep(state);
  const step = w.room.steps[next.kind];
  const who = (w.room.stepBy as Partial<Record<typeof next.kind, string>>)[next.kind] ?? null;
  const say = (detail: string | null): NextStepWords => ({ step, detail, who });
  switch (next.kind) {
    case 'open_check_in':
      return say(formatDateTime(lang, next.startsAt));
    case 'reach_quorum':
      return say(
        next.missing > 0
          ? w.room.quorumFirst({ missing: next.missing })
          : w.room.sectorsFirst({ missing: next.sectorsMissing }),
      );
    case 'open_item':
    case 'put_motion':
      return say(textOf(w, itemOf(state, next.itemId)?.title ?? null));
    case 'settle_follow_ups':
    case 'conclude_item':
      return say(textOf(w, itemOf(state, next.itemId)?.title ?? null));
    case 'state_positions':
    case 'countersign':
      return say(
        w.room.partiesLeft({
          parties: formatList(
            lang,
            next.partyIds.map((partyId) => partyName(state, partyId)),
          ),
        }),
      );
    case 'enter_stage':
      return say(stageName(w, next.stage));
    case 'second':
    case 'state':
      return say(textOf(w, state.motions.byId[next.motionId]?.title ?? null));
    case 'refer':
      return say(w.meeting.ownersMatterMeans.owners_assembly);
    case 'vote':
    case 'vote_amendment': {
      const secrecy = w.meeting.secrecy[state.rules?.secrecy ?? 'named'];
      const terms =
        next.threshold === null
          ? w.meeting.baseOnly({ base: next.base })
          : w.meeting.baseAndThreshold({ base: next.base, threshold: next.threshold });
      return say(`${terms} · ${secrecy}`);
    }
    default:
      return say(null);
  }
}
