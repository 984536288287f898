// [C5] Numbers that name somebody are kept out of the log where they are typed: nobody can correct it afterwards. Asked once, by `decide`, of whatever
// any command would say; words that come from elsewhere (an agenda, the books, a question already shown) are not the sender's to correct.
import { namesSomebody, personalNumbersIn } from '#lib/domain/personal-numbers.ts';
import type { Command, CommandType } from './commands.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { Draft } from './slice.ts';
import { isSaid } from './words.ts';

/** Where a number is the office's own and has to be told: how to reach it, and the published figures a draw is made from. */
const officesOwn: readonly CommandType[] = ['announceHearing', 'drawRepresentatives'];

function* saidIn(value: unknown): Generator<string> {
  if (isSaid(value)) {
    // A private reason is read by the hosts alone.
    if (value.scope !== 'hosts') yield value.said;
  } else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* saidIn(each);
}

/** The refusal for the first number somebody typed into words that others read, or null. */
export function numberSaid(command: Command, drafts: readonly Draft[]): Refusal | null {
  if (officesOwn.includes(command.type)) return null;
  for (const { payload } of drafts) {
    for (const said of saidIn(payload)) {
      const found = personalNumbersIn(said).find(namesSomebody);
      if (found && JSON.stringify(command).includes(found.typed))
        return refuse('C5', 'personal-number', { kind: found.kind });
    }
  }
  return null;
}
