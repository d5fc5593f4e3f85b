/** What the work around answers is called. */
export const answersState = {
  saving: "Saving the answer",
  listing: "Listing the saved answers",
  deleting: "Deleting an answer",
  deletingModel: "Deleting a language model",
  checking: "Comparing the answer with its sources",
};
