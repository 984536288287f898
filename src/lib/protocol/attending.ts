// What a resident's page of a hearing is loaded with beside the meeting: where one may say one lives, and where one said.
export interface AttendingData {
  readonly zones: readonly string[];
  readonly zone: string | null;
}
