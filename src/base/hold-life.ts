/** Holds a lock as long as this thread lives: whoever asks for it is told of the thread's end, however that comes. */
export function holdLife(name: string, onHeld: () => void): void {
  void navigator.locks.request(name, () => {
    onHeld();
    return new Promise(() => undefined);
  });
}
