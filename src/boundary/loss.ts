/** A link's end: the first reason is told to everyone, once, and to those who ask later. */
export interface Loss {
  lose(why: string): void;
  onLost(listener: (why: string) => void): void;
}

export function createLoss(): Loss {
  const listeners: ((why: string) => void)[] = [];
  let why: string | undefined;
  return {
    lose(reason) {
      if (why !== undefined) return;
      why = reason;
      for (const listener of listeners) listener(reason);
    },
    onLost(listener) {
      if (why === undefined) listeners.push(listener);
      else listener(why);
    },
  };
}
