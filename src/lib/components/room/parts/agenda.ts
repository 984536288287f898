// A part of the council's room: the agenda. See index.ts.
export { default as Agenda } from '#lib/components/meeting/AgendaList.svelte';
