// Plays a script at a meeting through real sockets, each simulated person over their own. A place a visitor has taken is left to the visitor.
// Owns no state of the meeting: it looks at what its people see, and stops by itself when the script ends, the meeting is gone or it is told to.
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type { DemoRef } from '#lib/server/demo/dataset.ts';
import { Participant } from './participant.ts';
import type { Cast, Deed, Step } from './scripts/step.ts';

export interface PlayOptions {
  readonly url: string;
  readonly meetingId: string;
  readonly cast: Cast;
  /** Cookie header of each simulated person. */
  readonly cookies: Readonly<Record<DemoRef, string>>;
  readonly script: Iterable<Step>;
  /** 1 is the script's own pace; Infinity does not pause. */
  readonly speed: () => number;
  /** True where a visitor acts for this place. */
  readonly taken?: (ref: DemoRef) => boolean;
  /** How long a visitor's step is waited for before the script does without it, in ms. */
  readonly visitorMs?: number;
  /** Told before each step: what is awaited, and from whom. */
  readonly onStep?: (step: Step, byVisitor: boolean) => void;
  readonly signal?: AbortSignal;
}

export class StepRefused extends Error {
  readonly step: Step;
  readonly refusal: Refusal;
  constructor(step: Step, refusal: Refusal) {
    super(
      `${step.name} by ${step.by} was refused: ${refusal.rule} ${refusal.reason} ${JSON.stringify(refusal.params)}`,
    );
    this.step = step;
    this.refusal = refusal;
  }
}

/** Resolves when the script is over or was stopped; rejects when a step that nobody else could have done is refused. */
export async function play(options: PlayOptions): Promise<void> {
  const { url, meetingId, cookies, cast, signal } = options;
  const people = new Map<DemoRef, Participant>();
  const personOf = async (ref: DemoRef): Promise<Participant> => {
    let person = people.get(ref);
    if (!person) {
      person = await new Participant({ url, meetingId, cookie: cookies[ref] ?? null }).enter();
      people.set(ref, person);
    }
    return person;
  };
  try {
    const watcher = await personOf('');
    for (const step of options.script) {
      if (signal?.aborted) return;
      await pause(step.pauseMs, options.speed, signal);
      if (signal?.aborted) return;
      const byVisitor = options.taken?.(step.by) ?? false;
      options.onStep?.(step, byVisitor);
      if (byVisitor) {
        await visitorsTurn(step, watcher, options);
        // Whoever gives the place up leaves what was theirs to do to the script.
        if (options.taken?.(step.by) ?? false) continue;
      }
      const person = await personOf(step.by);
      // What others did before must be on this phone too.
      const { seq } = watcher.state;
      await person.until(() => person.state.seq >= seq || !person.connected);
      const deed = step.deed(person.state, cast);
      if (!deed) continue;
      const refusal = await perform(person, deed, cast);
      if (refusal) throw new StepRefused(step, refusal);
      const done = person.state.seq;
      await watcher.until(() => watcher.state.seq >= done);
    }
  } finally {
    for (const person of people.values()) person.leave();
  }
}

/** A visitor casts, or not, in their own time; anything the others wait for is awaited up to `visitorMs`. */
async function visitorsTurn(step: Step, watcher: Participant, options: PlayOptions): Promise<void> {
  const deed = step.deed(watcher.state, options.cast);
  if (!deed || deed.kind !== 'act') return;
  const until = Date.now() + (options.visitorMs ?? 300_000);
  while (Date.now() < until && !options.signal?.aborted) {
    const { seq } = watcher.state;
    if (step.deed(watcher.state, options.cast) === null) return;
    await watcher.until(() => watcher.state.seq > seq, 2_000).catch(() => {});
    if (!(options.taken?.(step.by) ?? false)) return;
  }
}

async function perform(person: Participant, deed: Deed, { seats }: Cast): Promise<Refusal | null> {
  const { state } = person;
  const pollId = state.polls.openId ?? '';
  switch (deed.kind) {
    case 'act':
      return person.act(deed.command);
    case 'cast':
      return person.cast(pollId, seats[deed.seat] ?? '', deed.choice);
    case 'enter_paper':
      return person.enterSheet({
        pollId,
        kind: 'paper',
        seatIds: [seats[deed.seat] ?? ''],
        content: deed.content,
        replaces: null,
        reason: null,
      });
    case 'correct_paper': {
      const seatIds = [seats[deed.seat] ?? ''];
      const wrong = [...person.sheets.values()].reverse().find((sheet) => sheet.seatIds.join() === seatIds.join());
      if (!wrong) return null;
      const { content, reason } = deed;
      return person.enterSheet({
        pollId: wrong.pollId,
        kind: 'paper',
        seatIds,
        content,
        replaces: wrong.sheetId,
        reason,
      });
    }
    case 'confirm_sheet': {
      const open = () => [...person.sheets.values()].find(({ confirmedBy, rejectedBy }) => !confirmedBy && !rejectedBy);
      await person.until(() => open() !== undefined);
      return person.settleSheet(open()?.sheetId ?? '', true);
    }
    case 'answer':
      return person.cast(pollId, 'resident', deed.choice);
    case 'write':
      return person.askQuestion(deed.text);
    case 'drop':
      person.drop();
      return null;
    case 'return':
      await person.enter();
      return null;
  }
}

/** Waits `ms` of the script's time at whatever speed is set meanwhile; at speed 0 it holds, at Infinity it does not wait. */
async function pause(ms: number, speed: () => number, signal?: AbortSignal): Promise<void> {
  const tickMs = 50;
  for (let left = ms; left > 0 && !signal?.aborted; left -= tickMs * speed()) {
    if (speed() === Infinity) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(tickMs, speed() === 0 ? tickMs : left / speed())));
  }
  while (speed() === 0 && !signal?.aborted) await new Promise((resolve) => setTimeout(resolve, tickMs));
}
