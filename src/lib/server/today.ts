// Which day it is in the community's time zone. The law never asks a clock; rooms and the office ask here.
import { formatIsoDate } from '#lib/messages/format.ts';

export const today = (): string => formatIsoDate(Date.now());
