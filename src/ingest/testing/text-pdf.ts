/** A PDF of one line, with entries of one's own in its root and its page. */
export function textPdf(text: string, more: { readonly root: string; readonly page: string }): Uint8Array {
  const escaped = text.replaceAll(/[\\()]/g, "\\$&");
  const shown = `BT /F1 12 Tf 20 700 Td (${escaped}) Tj ET`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${more.root} >>`,
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R ${more.page} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    `<< /Length ${shown.length} >>\nstream\n${shown}\nendstream`,
  ];
  const body = objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join("");
  return new TextEncoder().encode(`%PDF-1.4\n${body}trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n`);
}
