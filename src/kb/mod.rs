//! L0: reads the Markdown folder, indexes it, answers, abstains.
