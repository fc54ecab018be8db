//! Asking the knowledge base.

super::sentences! {
    ask_source(path: &str);
    ask_goes_on();
    ask_did_you_mean();
    ask_read(pairs: &str);
    ask_read_pair(typed: &str, meant: &str);
    ask_unknown();
    ask_small_talk();
    ask_empty();
    ask_empty_message();
    ask_solved();
    ask_others();
    ask_no_others();
    ask_rest(path: &str);
    ask_article_gone();
    ask_public();
    ask_public_maybe();
    ask_public_unknown();
}
