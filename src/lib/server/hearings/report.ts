// The hearing report for whoever reads it: as a page in the reader's language, and as PDF and Word. Once it is signed the files are made of the signed
// record and nothing else, and the PDF carries the seal; before that they are drafts for the desk. Rules [O2], [O4].
import type { RequestEvent } from '@sveltejs/kit';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Block } from '#lib/domain/minutes/record.ts';
import type { Lang } from '#lib/messages/lang.ts';
import type { Printed } from '#lib/server/files/printed.ts';
import { typeset } from '#lib/server/files/typeset.ts';
import { wordFile } from '#lib/server/files/word-file.ts';
import { inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { mediaTypes } from '#lib/server/publications/files.ts';
import { printedBlocks } from '#lib/server/publications/minutes-paper.ts';
import { sealed, signedPaper } from '#lib/server/publications/signed-minutes.ts';
import { hearingMessagesFor } from './messages.ts';
import { opinionsOf } from './opinions.ts';
import { reportText } from './report-text.ts';

/** Who looks at a report, and may they read it yet? */
export async function reportInPublic(event: Pick<RequestEvent, 'locals' | 'url'>, meetingId: string) {
  const { state, may } = await inPublic(event, meetingId);
  const atDesk = may('publishReport');
  return {
    state,
    atDesk,
    isHearing: state.hearing !== null,
    mayRead: state.hearing?.report.published != null || atDesk,
  };
}

/** The text with its title, and the names its mentions point at, as this reader may read them. */
export interface ReportPage {
  readonly blocks: readonly Block[];
  readonly names: readonly string[];
}

/** `state` as the reader may read it. Answers do not change once the report is frozen, so this says what was signed. */
export async function reportPage(lang: Lang, state: MeetingState): Promise<ReportPage> {
  const erased = messagesFor(lang).meeting.erased;
  const index = new Map<string, number>();
  const names: string[] = [];
  const blocks = JSON.parse(
    JSON.stringify(reportText(lang, state, await opinionsOf(state.meetingId))),
    (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null || !('personId' in value)) return value;
      const personId = String(value.personId);
      let mention = index.get(personId);
      if (mention === undefined) {
        mention = names.push(state.people[personId]?.name.text ?? erased) - 1;
        index.set(personId, mention);
      }
      return { mention };
    },
  ) as Block[];
  return { blocks, names };
}

async function draftPaper(lang: Lang, state: MeetingState): Promise<Printed> {
  const { blocks, names } = await reportPage(lang, state);
  return {
    lang,
    above: hearingMessagesFor(lang).report.draftAbove,
    ...printedBlocks(blocks, (person) => names[person] ?? ''),
  };
}

/** Null for a name there is no file of. */
export async function reportFile(
  lang: Lang,
  state: MeetingState,
  name: string,
): Promise<{ readonly content: Uint8Array; readonly type: string } | null> {
  const type = mediaTypes[name.split('.').pop() ?? ''];
  if (!type || (name !== 'report.pdf' && name !== 'report.docx')) return null;
  const { meetingId } = state;
  const signed = await signedPaper(meetingId, 'public', lang, 'report');
  const paper = signed?.paper ?? (await draftPaper(lang, state));
  if (name === 'report.docx') return { content: await wordFile(paper), type };
  const { pdf } = await typeset(paper, signed?.at ?? Date.now());
  return { content: await sealed(meetingId, pdf, 'report'), type };
}
