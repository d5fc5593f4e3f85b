/** A conversation that remembers itself. */
export const talk = {
  name: "This conversation",
  beginning: "Beginning a conversation",
  remembering: "Remembering what was said",
  begin: "Begin a conversation that remembers itself",
  beginAbout:
    "You talk with a language model; every exchange becomes part of a collection of its own, and what was said long ago is recalled when it matters.",
  goOn: "Go on with this conversation",
  goOnAbout: "What is asked and answered becomes part of the collection that is chosen.",
  talking: "What is said here is remembered in this collection.",
  end: "Stop remembering",
  you: "You",
  model: "Answer",
  said: "The conversation so far",
  recalled: (count: string) => `Recalled ${count}:`,
};
