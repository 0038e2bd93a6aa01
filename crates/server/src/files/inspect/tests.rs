use super::*;

#[test]
fn what_a_sender_says_counts_where_it_tells() {
    assert!(contradicts("image/png", Media::Pdf) && contradicts("text/html; charset=utf-8", Media::Txt));
    assert!(
        !contradicts("application/vnd.ms-excel", Media::Csv) && !contradicts("application/octet-stream", Media::Pdf)
    );
    assert!(!contradicts("Image/JPEG", Media::Jpeg) && !contradicts("image/jpg", Media::Jpeg));
}

#[test]
fn a_text_may_begin_like_a_bitmap_and_never_like_a_page() {
    assert!(is_like(Media::Csv, b"BMT;Kartu") && is_like(Media::Txt, "Žą".as_bytes()));
    assert!(!is_like(Media::Txt, b"  <html>") && !is_like(Media::Md, b"<?xml version"));
    assert!(!is_like(Media::Docx, b"%PDF-1.4") && !is_like(Media::Pdf, b" %PDF-1.4"));
}
