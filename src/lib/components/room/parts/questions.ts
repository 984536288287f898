// A part of the council's room: the residents' questions. See index.ts.
export { default as Questions } from '#lib/components/room/QuestionsPanel.svelte';
