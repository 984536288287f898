// What may be done with a need at the office's desk: show, merge, send to a destination, decline, finish, and take the last step back.
// Called by the office inside its transaction with the need's own row; pure. Rules [N…].
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';
import { destinations, type Destination, type NeedState } from './states.ts';

/** The part of a need that triage changes. */
export interface NeedStanding {
  readonly status: NeedState;
  readonly destination: Destination | null;
  readonly mergedIntoId: string | null;
  readonly reply: string | null;
}

export type TriageDeed =
  | { readonly deed: 'publish' }
  | { readonly deed: 'route'; readonly destination: Destination; readonly reply: string }
  | {
      readonly deed: 'merge';
      readonly into: { readonly needId: string; readonly status: NeedState; readonly wayUp: readonly string[] } | null;
    }
  | { readonly deed: 'decline'; readonly reply: string }
  | { readonly deed: 'finish'; readonly reply: string };

/** A step as the history keeps it. */
export interface NeedStep {
  readonly deed: string;
  readonly before: NeedStanding;
}

const longestReply = 1000;

const replied = (reply: string): string | ServiceRefusal => {
  const said = reply.trim();
  return said === '' || Array.from(said).length > longestReply
    ? refuseService('N5', 'need-reply-missing', { most: longestReply })
    : said;
};

const at = (standing: NeedStanding, ...states: NeedState[]): ServiceRefusal | null =>
  states.includes(standing.status)
    ? null
    : standing.status === 'merged'
      ? refuseService('N4', 'need-merged-already')
      : refuseService('N6', 'need-not-open-here', { status: standing.status });

/** The need as it stands after the deed, or why not. `needId` is its own. */
export function triage(needId: string, standing: NeedStanding, asked: TriageDeed): NeedStanding | ServiceRefusal {
  switch (asked.deed) {
    case 'publish': {
      return at(standing, 'received') ?? { ...standing, status: 'open' };
    }
    case 'route': {
      const wrong = at(standing, 'received', 'open', 'routed', 'declined');
      if (wrong) return wrong;
      const reply = replied(asked.reply);
      if (typeof reply !== 'string') return reply;
      if (!destinations.includes(asked.destination)) return refuseService('N5', 'need-not-routed');
      return { ...standing, status: 'routed', destination: asked.destination, reply };
    }
    case 'merge': {
      const wrong = at(standing, 'received', 'open', 'routed');
      if (wrong) return wrong;
      const { into } = asked;
      if (into === null) return refuseService('N4', 'need-merge-target-gone');
      if (into.needId === needId || into.wayUp.includes(needId)) return refuseService('N4', 'need-merge-circle');
      if (into.status === 'merged') return refuseService('N4', 'need-merged-already');
      return { ...standing, status: 'merged', destination: null, mergedIntoId: into.needId };
    }
    case 'decline': {
      const wrong = at(standing, 'received', 'open', 'routed');
      if (wrong) return wrong;
      const reply = replied(asked.reply);
      return typeof reply === 'string' ? { ...standing, status: 'declined', destination: null, reply } : reply;
    }
    case 'finish': {
      if (standing.status !== 'routed') return at(standing, 'routed') ?? refuseService('N6', 'need-not-routed');
      const reply = replied(asked.reply);
      return typeof reply === 'string' ? { ...standing, status: 'done', reply } : reply;
    }
  }
}

/** Steps of triage; the others (coming in, a wish claimed or fulfilled, an undoing) are not taken back by undoing. */
const undoable: readonly string[] = ['publish', 'route', 'merge', 'decline', 'finish'] satisfies TriageDeed['deed'][];

/** [N6] The standing before the last step of triage, or why there is none to take back. */
export function undone(history: readonly NeedStep[]): NeedStanding | ServiceRefusal {
  const last = history[history.length - 1];
  return last !== undefined && undoable.includes(last.deed) ? last.before : refuseService('N6', 'need-nothing-to-undo');
}
