//! Looking into the knowledge base.

super::sentences! {
    kb_search_found();
    kb_search_nothing();
    kb_explain_title();
    kb_explain_sure();
    kb_explain_maybe();
    kb_explain_unknown();
    kb_explain_small_talk();
    kb_explain_empty();
    kb_explain_named(title: &str, language: &str);
    kb_explain_article(named: &str, sure: &str, words: &str, name: &str, meaning: &str, lead: &str);
    kb_explain_sense(sense: &str, ahead: &str);
    kb_explain_sense_legend();
    kb_explain_legend();
    kb_explain_leaning(by: &str);
    kb_explain_known();
    kb_explain_read();
    kb_explain_aliases();
    kb_explain_alias(name: &str, other: &str);
    kb_explain_strange();
}
