export const settings = {
  title: "Settings",
  cut: "Long texts are cut",
  policies: {
    use: "For use: passages at 512 tokens; of a conversation the newest turns stay",
    paper: "As in the paper: everything at 256 tokens, at its end. Passages are embedded once more for it",
  },
  appearance: "Appearance",
  themes: {
    system: "As the system",
    light: "Day: chart paper",
    dark: "Night: sea and brass",
  },
  language: "Language",
  more: {
    palette: "Commands",
    shortcuts: "Keyboard shortcuts",
    diagnostics: "Diagnostics",
  },
  tour: "Take the tour",
};
