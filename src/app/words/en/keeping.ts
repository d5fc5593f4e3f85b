/** What looking after the material is called while it is under way, and what can be undone. */
export const keeping = {
  renaming: (name: string) => `Renaming ${name}`,
  restoring: (name: string) => `Bringing ${name} back`,
  freeing: "Freeing what was removed",
  listingRemovals: "Listing what was removed",
  measuring: "Measuring a collection",
  looking: "Looking a source over",
  editing: "Saving the new words",
  reverting: "Putting the first words back",
  exporting: (name: string) => `Exporting ${name}`,
  everything: "everything",
  importing: (name: string) => `Importing ${name}`,
  halted: (name: string) =>
    `${name} was imported in part. Nothing of it is lost or twice there when it goes on.`,
  goOn: "Go on",
  removing: (name: string) => `Removing ${name}`,
  removed: (name: string) => `Removed: ${name}. Nothing finds it any more.`,
  keptUntil: (time: string) => `It is kept until ${time}, then its bytes are freed.`,
  undo: "Undo",
  freeNow: "Free now",
  onePassage: (name: string) => `one passage of ${name}`,
  andSources: (name: string, others: string) => `${name} and ${others} more`,
};
