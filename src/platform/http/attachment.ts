/**
 * Content-Disposition of a download under any name (RFC 6266, RFC 5987): in UTF-8 for all programs of today, and in ASCII for
 * those before. Nothing of the name gets out of its quotes or into another header.
 */
export function attachment(name: string): string {
  const wellFormed = name.replace(/[\p{Surrogate}\p{Cc}\u2028\u2029]/gu, '_').replace(/[/\\]/g, '_');
  const ascii = wellFormed.replace(/[^\x20-\x7e]|["%;]/g, '_');
  const encoded = encodeURIComponent(wellFormed).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
