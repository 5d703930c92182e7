//! All names as one tree over their bytes: the longest name that begins at a place, and the names one typing error away.
//!
//! Built from the sorted names in one pass (a few milliseconds; an automaton with failure links took a tenth of a second and is not
//! needed, because names are sought at word beginnings alone). A branch that holds one name only is not unfolded: its rest is compared.

/// "No node", "no name".
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Node {
    /// First of the children, which lie side by side.
    first: u32,
    n: u16,
    /// The name that ends here; in a node without children the name whose rest must follow.
    name: u32,
}

/// A tree over lower-case names.
pub(super) struct Trie {
    names: Vec<String>,
    nodes: Vec<Node>,
    /// The byte that leads to each node.
    labels: Vec<u8>,
    /// The node after two bytes.
    beginnings: Vec<u32>,
}

fn bigram(first: u8, second: u8) -> usize {
    usize::from(first.to_ascii_lowercase()) << 8 | usize::from(second.to_ascii_lowercase())
}

impl Trie {
    /// The tree of `names`, which are sorted, without doubles and at least two bytes long.
    pub fn build(names: Vec<String>) -> Self {
        let mut trie =
            Self { names, nodes: Vec::with_capacity(1 << 16), labels: Vec::new(), beginnings: vec![NONE; 1 << 16] };
        trie.labels.reserve(1 << 16);
        trie.push(0);
        let mut open = std::collections::VecDeque::from([(0_usize, trie.names.len(), 0_usize, 0_usize)]);
        while let Some((mut from, to, depth, node)) = open.pop_front() {
            if depth == 2
                && let Some([a, b]) = trie.names[from].as_bytes().get(..2)
            {
                trie.beginnings[bigram(*a, *b)] = node as u32;
            }
            if to - from == 1 && depth >= 2 {
                trie.nodes[node].name = from as u32;
                continue;
            }
            if trie.names[from].len() == depth {
                trie.nodes[node].name = from as u32;
                from += 1;
            }
            trie.nodes[node].first = trie.nodes.len() as u32;
            while from < to {
                let label = trie.names[from].as_bytes()[depth];
                let same = trie.names[from..to].iter().take_while(|name| name.as_bytes()[depth] == label).count();
                open.push_back((from, from + same, depth + 1, trie.nodes.len()));
                trie.push(label);
                trie.nodes[node].n += 1;
                from += same;
            }
        }
        trie
    }

    fn push(&mut self, label: u8) {
        self.nodes.push(Node { first: NONE, n: 0, name: NONE });
        self.labels.push(label);
    }

    /// Bytes held.
    #[cfg(test)]
    pub fn memory_usage(&self) -> usize {
        let names = self.names.iter().map(|name| name.capacity() + size_of::<String>()).sum::<usize>();
        names + self.nodes.capacity() * size_of::<Node>() + self.labels.capacity() + self.beginnings.len() * 4
    }

    /// The name by its index.
    pub fn name(&self, index: u32) -> &str {
        &self.names[index as usize]
    }

    fn child(&self, node: Node, label: u8) -> Option<u32> {
        let first = node.first as usize;
        let place = self.labels.get(first..first + usize::from(node.n))?.iter().position(|one| *one == label)?;
        Some((first + place) as u32)
    }

    /// What must still follow in a node without children.
    fn rest(&self, node: Node, depth: usize) -> Option<&[u8]> {
        (node.n == 0).then(|| self.names[node.name as usize].as_bytes().get(depth..)).flatten()
    }

    /// Names that `text` begins with, as length and index, shortest first. Upper and lower case of ASCII letters are the same.
    pub fn prefixes(&self, text: &[u8], found: &mut Vec<(usize, u32)>) {
        let [first, second, ..] = *text else { return };
        let mut at = self.beginnings[bigram(first, second)];
        let mut depth = 2;
        while at != NONE {
            let node = self.nodes[at as usize];
            if let Some(rest) = self.rest(node, depth) {
                if text.get(depth..depth + rest.len()).is_some_and(|next| next.eq_ignore_ascii_case(rest)) {
                    found.push((depth + rest.len(), node.name));
                }
                return;
            }
            if node.name != NONE {
                found.push((depth, node.name));
            }
            let Some(byte) = text.get(depth) else { return };
            at = self.child(node, byte.to_ascii_lowercase()).unwrap_or(NONE);
            depth += 1;
        }
    }

    /// Names that one insertion, deletion, substitution or exchange of neighbours away from `word` (lower case) lie, or none.
    pub fn near(&self, word: &[u8], found: &mut Vec<u32>) {
        self.walk(0, 0, word, true, found);
        found.sort_unstable();
        found.dedup();
    }

    /// Goes on at node `at`, `depth` bytes into the names, with the rest of the word; `may_err` while no error has been spent.
    fn walk(&self, at: u32, depth: usize, word: &[u8], may_err: bool, found: &mut Vec<u32>) {
        let node = self.nodes[at as usize];
        if let Some(rest) = self.rest(node, depth) {
            if rest == word || may_err && one_edit(rest, word) {
                found.push(node.name);
            }
            return;
        }
        if node.name != NONE && word.len() <= usize::from(may_err) {
            found.push(node.name);
        }
        let Some((letter, rest)) = word.split_first() else {
            for place in 0..u32::from(if may_err { node.n } else { 0 }) {
                self.walk(node.first + place, depth + 1, word, false, found);
            }
            return;
        };
        if let Some(child) = self.child(node, *letter) {
            self.walk(child, depth + 1, rest, may_err, found);
        }
        if !may_err {
            return;
        }
        self.walk(at, depth, rest, false, found);
        for place in 0..u32::from(node.n) {
            let child = node.first + place;
            let label = self.labels[child as usize];
            if label != *letter {
                self.walk(child, depth + 1, rest, false, found);
            }
            self.walk(child, depth + 1, word, false, found);
            if rest.first() == Some(&label) && label != *letter {
                self.exchanged(child, depth + 1, *letter, &rest[1..], found);
            }
        }
    }

    /// The second half of an exchange of neighbours.
    fn exchanged(&self, at: u32, depth: usize, letter: u8, rest: &[u8], found: &mut Vec<u32>) {
        let node = self.nodes[at as usize];
        match self.rest(node, depth) {
            Some([first, after @ ..]) if *first == letter && after == rest => found.push(node.name),
            Some(_) => {}
            None => {
                if let Some(child) = self.child(node, letter) {
                    self.walk(child, depth + 1, rest, false, found);
                }
            }
        }
    }
}

/// Whether one insertion, deletion, substitution or exchange of neighbours makes one of the other.
fn one_edit(a: &[u8], b: &[u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - tail], &b[..b.len() - tail]) {
        ([] | [_], []) | ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trie() -> Trie {
        let mut names: Vec<String> =
            ["ramipril", "ramiprilat", "metoprolol", "metformin", "me", "mesna", "prednison", "prednisolon"]
                .map(str::to_owned)
                .to_vec();
        names.sort();
        Trie::build(names)
    }

    #[test]
    fn every_name_that_the_text_begins_with_is_found() {
        let trie = trie();
        let of = |text: &str| {
            let mut found = Vec::new();
            trie.prefixes(text.as_bytes(), &mut found);
            found.into_iter().map(|(_, name)| trie.name(name)).collect::<Vec<_>>()
        };
        assert_eq!(of("Ramiprilat 5"), ["ramipril", "ramiprilat"]);
        assert_eq!(of("METFORMIN"), ["me", "metformin"]);
        assert_eq!(of("metformi"), ["me"]);
        assert!(of("xy").is_empty() && of("m").is_empty());
    }

    #[test]
    fn names_one_typing_error_away_are_found_and_others_are_not() {
        let trie = trie();
        let of = |word: &str| {
            let mut found = Vec::new();
            trie.near(word.as_bytes(), &mut found);
            found.into_iter().map(|name| trie.name(name)).collect::<Vec<_>>()
        };
        for word in ["ramiril", "ramipirl", "ramiprill", "ramibril", "aramipril", "rampiril", "armipril"] {
            assert_eq!(of(word), ["ramipril"], "{word}");
        }
        assert_eq!(of("ramiprila"), ["ramipril", "ramiprilat"]);
        assert_eq!(of("metorpolol"), ["metoprolol"]);
        assert_eq!(of("metoprollo"), ["metoprolol"]);
        assert!(of("metroprollol").is_empty() && of("prednisoon").contains(&"prednison"));
    }
}
