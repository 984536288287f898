// What a format's own screens are given: the room on a phone, the console, the hall's big screen, the public page, a past moment.
// Types alone, so that the council's screens and index.ts can both read them.
import type { Component } from 'svelte';
import type { LiveMeeting } from '#lib/client/live-meeting.svelte.ts';
import type { Parts } from '#lib/components/room/parts/index.ts';
import type { Scene } from '#lib/client/scene.ts';
import type { EntryWay } from '#lib/domain/meeting/attendance.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Lang, Preferences } from '#lib/messages/lang.ts';
import type { ReplayMessages } from '#lib/messages/zh-CN/replay.ts';

/** A paper of the agenda, to open or keep. */
export interface PaperLink {
  readonly paperId: string;
  readonly name: string;
  readonly size: number;
}

/** What a form without scripts got back. */
export interface FormAnswer {
  readonly refusal?: Refusal | undefined;
  readonly chosen?: { readonly pollId: string; readonly seatId: string; readonly choice: string | null } | undefined;
}

export interface RoomProps<Say = unknown> {
  readonly meeting: LiveMeeting;
  readonly form: FormAnswer | null;
  readonly way: EntryWay;
  readonly papers: readonly PaperLink[];
  readonly preferences: Preferences;
  /** The parts of the council's room that are here from the start, for rooms that are built on it. */
  readonly parts: Parts;
  readonly say: Say;
}

export type WatchProps<Say = unknown> = Omit<RoomProps<Say>, 'way' | 'parts'>;

export interface ConsoleProps<Say = unknown> {
  readonly meeting: LiveMeeting;
  /** The log until the page was loaded; what came since is in `meeting.heard`. */
  readonly events: readonly MeetingEvent[];
  readonly say: Say;
  readonly replay: ReplayMessages;
  /** Where phones reach this installation. */
  readonly origin: string;
}

export interface ScreenProps<Say = unknown> {
  readonly scene: Scene;
  readonly origin: string;
  readonly lost: boolean;
  readonly say: Say;
}

export interface MomentProps<Say = unknown> {
  readonly scene: Scene;
  readonly say: Say;
}

/** A screen and the words it shows, fetched together and only where they are needed. */
export interface Loaded<Props> {
  readonly view: Component<Props & object>;
  readonly say: unknown;
}

export interface FormatScreens {
  readonly room: (lang: Lang) => Promise<Loaded<RoomProps>>;
  /** The room shows nothing of the council's, so its parts are not fetched. */
  readonly roomOfItsOwn?: true;
  readonly console: (lang: Lang) => Promise<Loaded<ConsoleProps>>;
  readonly screen: (lang: Lang) => Promise<Loaded<ScreenProps>>;
  /** What everybody may look at without coming in. */
  readonly watch: (lang: Lang) => Promise<Loaded<WatchProps>>;
  /** A past moment, in the replay. */
  readonly moment: (lang: Lang) => Promise<Loaded<MomentProps>>;
}
