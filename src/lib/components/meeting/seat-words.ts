// Where components find the words of seats, people and texts. The office's files say the same ones, so they stand with the messages.
export * from '#lib/messages/seat-words.ts';
