// Runs once in the browser before the first page: makes good what an older phone lacks.
import '#lib/client/older-phones.ts';
