// The pages of a council's big screen: one file for each thing `screenMoment` can say is on. A format shows a page of its own through `own` of
// BigScreen, or a screen of its own through components/formats.
import type { Component } from 'svelte';
import type { Scene } from '#lib/client/scene.ts';
import type { ScreenMoment } from '#lib/client/screen-moment.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { ScreenMessages } from '#lib/messages/zh-CN/screen.ts';
import Adjourned from './Adjourned.svelte';
import Agenda from './Agenda.svelte';
import Cancelled from './Cancelled.svelte';
import CheckIn from './CheckIn.svelte';
import Counting from './Counting.svelte';
import Decisions from './Decisions.svelte';
import Item from './Item.svelte';
import Recess from './Recess.svelte';
import Result from './Result.svelte';
import Speaking from './Speaking.svelte';
import Vote from './Vote.svelte';
import Welcome from './Welcome.svelte';

export interface PageProps {
  readonly scene: Scene;
  readonly say: ScreenMessages;
}

export interface PollPageProps extends PageProps {
  readonly poll: Poll;
}

type PollKind = Extract<ScreenMoment, { readonly poll: Poll }>['kind'];

export const pollPages: Readonly<Record<PollKind, Component<PollPageProps>>> = {
  vote: Vote,
  counting: Counting,
  result: Result,
};

export const pages: Readonly<Record<Exclude<ScreenMoment['kind'], PollKind>, Component<PageProps>>> = {
  welcome: Welcome,
  check_in: CheckIn,
  recess: Recess,
  adjourned: Adjourned,
  cancelled: Cancelled,
  agenda: Agenda,
  item: Item,
  speaking: Speaking,
  decisions: Decisions,
};
