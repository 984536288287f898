// A part of the council's room: the panels behind 更多. See index.ts.
export { default as Desk } from '#lib/components/room/DeskPanel.svelte';
export { default as More } from '#lib/components/room/MorePanel.svelte';
export { default as Motions } from '#lib/components/room/MotionsPanel.svelte';
export { default as MySeat } from '#lib/components/room/MySeatPanel.svelte';
export { default as Papers } from '#lib/components/room/PapersPanel.svelte';
export { default as Record } from '#lib/components/room/RecordPanel.svelte';
