/** Names that transcripts and exports give to who opens an exchange, in any language. */
const OPENERS = new Set(
  (
    "user|human|you|me|customer|client|prompt|question|q|speaker 1|用户|用戶|我|问|問|提问|ユーザー|質問|사용자|질문|utilisateur|benutzer|" +
    "nutzer|usuario|usuário|utente|gebruiker|användare|bruker|bruger|käyttäjä|użytkownik|uživatel|felhasználó|kullanıcı|" +
    "пользователь|користувач|χρήστης|المستخدم|משתמש|کاربر|उपयोगकर्ता|ব্যবহারকারী|người dùng|ผู้ใช้|pengguna"
  ).split("|"),
);

/** And to who answers. */
const ANSWERERS = new Set(
  (
    "assistant|ai|bot|chatgpt|gpt|claude|gemini|copilot|model|agent|support|response|answer|a|speaker 2|助手|助理|答|回答|" +
    "アシスタント|回答|어시스턴트|답변|assistent|asistente|assistente|avustaja|asystent|asistent|asszisztens|asistan|ассистент|" +
    "помощник|помічник|βοηθός|المساعد|עוזר|دستیار|सहायक|সহকারী|trợ lý|ผู้ช่วย|asisten"
  ).split("|"),
);

/** Whose words are neither side's. */
const UNHEARD = new Set(["system", "developer", "tool", "function", "ipython", "environment", "observation"]);

export function isOpener(speaker: string): boolean {
  return OPENERS.has(bare(speaker));
}

export function isAnswerer(speaker: string): boolean {
  return ANSWERERS.has(bare(speaker));
}

/** Whether a name is one that transcripts give to a side rather than to a person. */
export function isRole(speaker: string): boolean {
  return isOpener(speaker) || isAnswerer(speaker);
}

export function isUnheard(speaker: string): boolean {
  return UNHEARD.has(bare(speaker));
}

/** ChatGPT's page says "You said:" where it is copied. */
function bare(speaker: string): string {
  return speaker.toLowerCase().replace(/ said$/, "");
}
