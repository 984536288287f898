// The body of a signing request as texts. Larger than other JSON bodies, for a drawn signature may be in it. Called by the signing endpoints.

const longestBody = 400 * 1024;

export async function signingJson(request: Request): Promise<{ text(name: string): string } | null> {
  const sent = await request.text().catch(() => '');
  if (sent === '' || sent.length > longestBody) return null;
  try {
    const value: unknown = JSON.parse(sent);
    if (typeof value !== 'object' || value === null) return null;
    const fields = value as Record<string, unknown>;
    return { text: (name) => (typeof fields[name] === 'string' ? fields[name] : '') };
  } catch {
    return null;
  }
}
