/** An answer without the numbers of its sources. */
export function withoutMarks(answer: string): string {
  return answer.replace(/\s*\[\d+(?:\s*[,;]\s*\d+)*\]/g, "").trim();
}
