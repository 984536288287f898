// Fields of a posted form as plain values: text without control characters, answers, whole numbers. Called by actions before the office.
// A field that is missing or a file where text belongs reads as empty: whether that will do is the office's question.

// PostgreSQL text cannot hold NUL, and nobody means the others; tab and line ends stay.
const withoutControls = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');

export interface FormFields {
  text(name: string): string;
  /** The trimmed text, or null when empty. */
  textOrNull(name: string): string | null;
  /** A text with its line ends and blanks as typed. */
  lines(name: string): string;
  flag(name: string): boolean;
  /** Null when it is not a whole number. */
  whole(name: string): number | null;
  all(name: string): string[];
  file(name: string): File | null;
}

export function fieldsOf(form: FormData): FormFields {
  const raw = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? withoutControls(value) : '';
  };
  const text = (name: string) => raw(name).trim();
  return {
    text,
    textOrNull: (name) => text(name) || null,
    lines: raw,
    flag: (name) => ['on', 'true', '1', 'yes'].includes(text(name)),
    whole: (name) => (/^-?\d{1,15}$/.test(text(name)) ? Number(text(name)) : null),
    all: (name) =>
      form
        .getAll(name)
        .filter((value) => typeof value === 'string')
        .map((value) => withoutControls(value).trim()),
    file: (name) => {
      const value = form.get(name);
      return value instanceof File && value.size > 0 ? value : null;
    },
  };
}
