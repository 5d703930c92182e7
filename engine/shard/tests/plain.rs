//! Plain inputs: text files, JSON Lines, CSV, Parquet, and all of them at once.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, BinaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray};
use befund_core::{FaultKind, Source};
use befund_shard::{Inputs, ReadOptions, Reader};
use common::{Folder, document, drain, fault, metadata, read, read_with, shown};
use parquet::arrow::ArrowWriter;

#[test]
fn a_text_file_is_read_byte_for_byte() {
    let folder = Folder::new();
    let text = "\u{feff}Zeile 1\r\nZeile\0 2 – Übelkeit\r\n";
    folder.write("in/2021/brief.txt", text);
    folder.write("in/leer.txt", "");
    folder.write("in/latin1.TXT", b"Schwei\xdfausbruch");
    let all = read(&[&folder.path("in")]);
    assert_eq!(shown(&all)[1..], ["latin1!invalid_utf8", "leer="]);
    assert_eq!((&*document(&all[0]).doc_id, document(&all[0]).text()), ("2021/brief", text));
    assert_eq!((fault(&all[1]).byte_offset, fault(&all[1]).n_bytes), (Some(6), Some(15)));
    assert_eq!(shown(&read(&[&folder.path("in/2021/brief.txt")])), [format!("brief={text}")]);
}

#[test]
fn a_malformed_line_is_one_fault_with_line_and_byte_and_the_others_go_on() {
    let folder = Folder::new();
    let lines: [&[u8]; 11] = [
        b"\xef\xbb\xbf{\"doc_id\": \"a\", \"text\": \"eins\", \"jahr\": 2021, \"leer\": null, \"ok\": true}\r\n",
        b"\n",
        b"{\"doc_id\": \"b\", \"text\": \n",
        b"{\"doc_id\": 12345678901234567890, \"text\": \"zwei\\r\\n\\u00fc\"}\n",
        b"{\"text\": \"ohne id\"}\n",
        b"{\"doc_id\": \"c\"}\n",
        b"{\"doc_id\": \"d\", \"text\": \"Schwei\xdf\"}\n",
        b"[1, 2]\n",
        b"{\"doc_id\": 1e30, \"text\": \"x\"}\n",
        b"{\"doc_id\": \"e\", \"text\": 5}\n",
        b"{\"doc_id\": \"f\", \"text\": \"\"}",
    ];
    let path = folder.write("in.jsonl", lines.concat());
    let all = read(&[&path]);
    let name = path.display();
    assert_eq!(
        shown(&all),
        [
            "a=eins".to_owned(),
            format!("{name}:3!malformed"),
            "12345678901234567890=zwei\r\nü".to_owned(),
            format!("{name}:5!missing_id"),
            "c!missing_text".to_owned(),
            "d!invalid_utf8".to_owned(),
            format!("{name}:8!malformed"),
            format!("{name}:9!malformed"),
            "e!malformed".to_owned(),
            "f=".to_owned(),
        ]
    );
    assert_eq!(metadata(&all[0]), ["jahr=2021", "ok=true"]);
    let third_line = (lines[0].len() + lines[1].len()) as u64;
    let offset = fault(&all[1]).byte_offset.unwrap();
    assert!((third_line..third_line + lines[2].len() as u64).contains(&offset), "{offset}");
    let bad_byte = lines.concat().iter().position(|byte| *byte == 0xdf).unwrap() as u64;
    assert_eq!(fault(&all[5]).byte_offset, Some(bad_byte));
    assert!(all.iter().skip(1).take(1).all(|intake| !fault(intake).to_string().contains("doc_id\"")));
}

#[test]
fn a_line_without_end_does_not_fill_the_memory() {
    let folder = Folder::new();
    let options = ReadOptions { max_document_bytes: 100, limit: None };
    let mut bytes = b"{\"doc_id\": \"a\", \"text\": \"".to_vec();
    bytes.resize(3 << 20, b'x');
    bytes.extend_from_slice(b"\"}\n{\"doc_id\": \"b\", \"text\": \"noch da\"}\n");
    let path = folder.write("in.jsonl", bytes);
    let all = read_with(&[&path], options);
    assert_eq!(shown(&all), [format!("{}:1!too_large", path.display()), "b=noch da".to_owned()]);
}

#[test]
fn a_document_at_the_limit_is_read_and_one_above_it_is_a_fault() {
    let folder = Folder::new();
    folder.write("in/a.txt", "12345");
    folder.write("in/b.txt", "123456");
    folder.write("in/c.jsonl", "{\"doc_id\": \"d\", \"text\": \"12345\"}\n{\"doc_id\": \"e\", \"text\": \"123456\"}");
    let all = read_with(&[&folder.path("in")], ReadOptions { max_document_bytes: 5, limit: None });
    assert_eq!(shown(&all), ["a=12345", "b!too_large", "d=12345", "e!too_large"]);
    assert_eq!((fault(&all[1]).n_bytes, fault(&all[3]).n_bytes), (Some(6), Some(6)));
    let inputs = Inputs::resolve(&[folder.path("in")]).unwrap();
    assert!(Reader::open(inputs.clone(), ReadOptions { max_document_bytes: 5 << 30, limit: None }).is_err());
    assert!(Reader::open(inputs, ReadOptions { max_document_bytes: 0, limit: None }).is_err());
}

#[test]
fn csv_is_read_with_comma_semicolon_or_tab_and_quoted_line_breaks() {
    let folder = Folder::new();
    for delimiter in [",", ";", "\t"] {
        let rows = [
            "\u{feff}doc_id;text;klinik\r\n",
            "a;\"Zeile 1\r\nZeile 2; \"\"R0\"\", ü\";Süd\r\n",
            "b;;\r\n",
            "c;zu wenig\r\n",
            ";ohne id;Nord\r\n",
            "d;noch da;Nord\r\n",
        ];
        let path = folder.write("in.csv", rows.concat().replace(';', delimiter));
        let all = read(&[&path]);
        let text = "Zeile 1\r\nZeile 2; \"R0\", ü".replace(';', delimiter);
        let name = path.display();
        let expected = [
            format!("a={text}"),
            "b=".into(),
            format!("{name}:3!malformed"),
            format!("{name}:4!missing_id"),
            "d=noch da".into(),
        ];
        // A comma stands inside the quoted text of the first variant's row, where it must not split.
        assert_eq!(shown(&all), expected, "{delimiter:?}");
        assert_eq!(metadata(&all[0]), ["klinik=Süd"]);
        assert!(metadata(&all[1]).is_empty());
    }
}

#[test]
fn csv_with_a_bad_byte_costs_one_record_and_an_unclosed_quote_is_bounded() {
    let folder = Folder::new();
    let path = folder.write("latin1.csv", b"doc_id,text\na,Schwei\xdf\nb,ok\n\xff,x\n");
    let all = read(&[&path]);
    assert_eq!(shown(&all), ["a!invalid_utf8", "b=ok", &format!("{}:3!invalid_utf8", path.display())]);
    assert_eq!(fault(&all[0]).byte_offset, Some(6));

    let mut bytes = b"doc_id,text\na,ok\nb,\"never closed\n".to_vec();
    bytes.extend(b"c,swallowed\n".repeat(400_000));
    let path = folder.write("quote.csv", bytes);
    let all = read_with(&[&path], ReadOptions { max_document_bytes: 1000, limit: None });
    assert_eq!(shown(&all), ["a=ok", &format!("{}:2!too_large", path.display())]);

    let path = folder.write("header.csv", "id,body\na,b\n");
    assert_eq!(fault(&read(&[&path])[0]).kind, FaultKind::Unreadable);
}

fn write_parquet(path: &Path, columns: Vec<(&str, ArrayRef)>) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn parquet_is_read_with_its_further_columns() {
    let folder = Folder::new();
    let path = folder.path("in.parquet");
    let ids: Vec<i64> = (0..600).collect();
    let texts: Vec<Option<String>> =
        ids.iter().map(|id| (*id != 3).then(|| format!("Befund Nr. {id}, Größe 1,5 cm"))).collect();
    write_parquet(
        &path,
        vec![
            ("doc_id", Arc::new(Int64Array::from(ids)) as _),
            ("klinik", Arc::new(StringArray::from(vec!["Süd"; 600])) as _),
            ("text", Arc::new(LargeStringArray::from(texts)) as _),
        ],
    );
    let inputs = Inputs::resolve(std::slice::from_ref(&path)).unwrap();
    assert_eq!(Reader::open(inputs, ReadOptions::default()).unwrap().n_documents(), Some(600));
    let all = read(&[&path]);
    assert_eq!(all.len(), 600);
    assert_eq!((&*document(&all[599]).doc_id, document(&all[599]).text()), ("599", "Befund Nr. 599, Größe 1,5 cm"));
    assert_eq!(fault(&all[3]).kind, FaultKind::MissingText);
    assert_eq!(metadata(&all[300]), ["klinik=Süd"]);
}

#[test]
fn a_bad_byte_in_parquet_costs_one_document_and_a_cut_file_is_refused() {
    let folder = Folder::new();
    let path = folder.path("in.parquet");
    // Parquet marks the column as a string, the page holds other bytes: what a careless writer produces.
    let good = "Schweiß".as_bytes().to_vec();
    write_parquet(
        &path,
        vec![
            ("doc_id", Arc::new(StringArray::from(vec!["a", "b"])) as _),
            ("text", Arc::new(StringArray::from(vec!["Schweiß", "ok"])) as _),
        ],
    );
    let mut bytes = std::fs::read(&path).unwrap();
    let place = (0..bytes.len() - good.len()).find(|at| bytes[*at..].starts_with(&good)).unwrap();
    bytes[place + 6] = b'x';
    let path = folder.write("in.parquet", &bytes);
    assert_eq!(shown(&read(&[&path])), ["a!invalid_utf8", "b=ok"]);

    let cut = folder.write("cut.parquet", &bytes[..bytes.len() - 9]);
    let all = read(&[&cut]);
    assert_eq!(shown(&all), [format!("{}!unreadable", cut.display())]);

    let binary = folder.path("binary.parquet");
    write_parquet(
        &binary,
        vec![
            ("doc_id", Arc::new(StringArray::from(vec!["a"])) as _),
            ("text", Arc::new(BinaryArray::from_vec(vec!["Übel".as_bytes()])) as _),
        ],
    );
    assert_eq!(shown(&read(&[&binary])), ["a=Übel"]);
}

#[test]
fn mixed_inputs_share_one_run_and_one_set_of_identifiers() {
    let folder = Folder::new();
    let first =
        folder.write("z.jsonl", "{\"doc_id\": \"a\", \"text\": \"eins\"}\n{\"doc_id\": \"b\", \"text\": null}\n");
    folder.write("dir/a.txt", "noch ein a");
    folder.write("dir/b.txt", "b mit Text");
    folder.write("dir/broken.arrow", "no shard");
    folder.write("dir/c.csv", "doc_id,text\nc,drei\na,wieder a\n");
    let all = read(&[&first, &folder.path("dir")]);
    let broken = format!("{}!unreadable", folder.path("dir/broken.arrow").display());
    // A record without text does not use up its identifier: the readable document of that name is not lost.
    assert_eq!(
        shown(&all),
        ["a=eins", "b!missing_text", "a!duplicate_id", "b=b mit Text", &broken, "c=drei", "a!duplicate_id"]
    );
}

#[test]
fn a_limit_ends_the_run_and_skipping_remembers_identifiers() {
    let folder = Folder::new();
    let path = folder
        .write("in.jsonl", (0..9).map(|n| format!("{{\"doc_id\": {}, \"text\": \"x\"}}\n", n % 6)).collect::<String>());
    let inputs = || Inputs::resolve(std::slice::from_ref(&path)).unwrap();
    assert_eq!(read_with(&[&path], ReadOptions { limit: Some(4), ..Default::default() }).len(), 4);
    let mut reader = Reader::open(inputs(), ReadOptions::default()).unwrap();
    reader.skip_to(5).unwrap();
    let mut rest = Vec::new();
    while let Some(intake) = reader.next().unwrap() {
        rest.push(intake);
    }
    assert_eq!(shown(&rest), ["5=x", "0!duplicate_id", "1!duplicate_id", "2!duplicate_id"]);
    let mut reader = Reader::open(inputs(), ReadOptions::default()).unwrap();
    assert!(reader.skip_to(10).unwrap_err().to_string().contains("ends after 9"));
}

#[test]
fn a_file_that_vanishes_before_its_turn_is_one_fault() {
    let folder = Folder::new();
    let names = ["a.txt", "b.jsonl", "c.csv", "d.arrow", "e.parquet"];
    let paths: Vec<_> = names.iter().map(|name| folder.write(name, "x")).collect();
    let mut reader = Reader::open(Inputs::resolve(&paths).unwrap(), ReadOptions::default()).unwrap();
    paths.iter().for_each(|path| std::fs::remove_file(path).unwrap());
    let all = drain(&mut reader);
    assert_eq!(all.len(), 5);
    assert!(all.iter().all(|intake| fault(intake).kind == FaultKind::Unreadable));
}
