import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/** Lucene with its Indonesian analyzer, told what to do as worker.py says; it shows no passages. */
public final class Lucene {
  private static final int WARMING_ROUNDS = 3; // before the first batch is timed, so that its code is compiled
  private static final Analyzer ANALYZER = new IndonesianAnalyzer();

  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "version" -> System.out.println(Version.LATEST + " (Java " + System.getProperty("java.version") + ")");
      case "build" -> build(Path.of(args[1]), Path.of(args[2]));
      case "first" -> first(Path.of(args[1]), args[2], args[3]);
      default -> answer(open(Path.of(args[1])));
    }
  }

  private static void build(Path table, Path folder) throws IOException {
    long started = System.nanoTime();
    FieldType text = new FieldType(TextField.TYPE_STORED);
    text.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    text.freeze();
    IndexWriterConfig config = new IndexWriterConfig(ANALYZER).setRAMBufferSizeMB(512);
    int articles;
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
        BufferedReader lines = Files.newBufferedReader(table)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t");
        Document document = new Document();
        document.add(new StringField("id", parts[0], Field.Store.YES));
        document.add(new Field("title", parts[1], text));
        document.add(new Field("body", parts[2], text));
        writer.addDocument(document);
      }
      writer.commit();
      writer.forceMerge(1);
      articles = writer.getDocStats().numDocs;
    }
    System.out.println(articles + " " + (System.nanoTime() - started) / 1e9);
  }

  private static IndexSearcher open(Path folder) throws IOException {
    return new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
  }

  private static void first(Path folder, String kind, String text) throws IOException {
    long begun = System.nanoTime();
    IndexSearcher searcher = open(folder);
    long opened = System.nanoTime();
    int found = ids(searcher, searcher.search(tree(kind, text), 10).scoreDocs).size();
    long answered = System.nanoTime();
    System.out.println("0 " + (opened - begun) / 1e6 + " " + (answered - opened) / 1e6 + " " + found);
  }

  private static void answer(IndexSearcher searcher) throws IOException {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    boolean warm = false;
    for (String header = input.readLine(); header != null; header = input.readLine()) {
      String[] parts = header.split(" ");
      List<String[]> batch = new ArrayList<>();
      for (String line = input.readLine(); !line.isEmpty(); line = input.readLine()) {
        batch.add(line.split("\t"));
      }
      int limit = Integer.parseInt(parts[1]);
      for (int round = 0; !warm && parts[0].equals("ask") && round < WARMING_ROUNDS; round++) {
        for (String[] question : batch) {
          ask(searcher, tree(question[0], question[1]), limit);
        }
      }
      warm |= parts[0].equals("ask");
      StringBuilder answers = new StringBuilder();
      for (String[] question : batch) {
        Query tree = tree(question[0], question[1]);
        answers.append(parts[0].equals("ask") ? ask(searcher, tree, limit) : "0\t0\t" + searcher.count(tree));
        answers.append('\n');
      }
      System.out.println(answers);
      System.out.flush();
    }
  }

  private static String ask(IndexSearcher searcher, Query tree, int limit) throws IOException {
    long started = System.nanoTime();
    ScoreDoc[] best = searcher.search(tree, limit).scoreDocs;
    long ranked = System.nanoTime();
    List<String> ids = ids(searcher, best);
    long read = System.nanoTime();
    return (ranked - started) + "\t" + (read - ranked) + "\t" + String.join(" ", ids);
  }

  private static List<String> ids(IndexSearcher searcher, ScoreDoc[] best) throws IOException {
    List<String> ids = new ArrayList<>();
    for (ScoreDoc hit : best) {
      ids.add(searcher.doc(hit.doc, Set.of("id")).get("id"));
    }
    return ids;
  }

  private static Query tree(String kind, String text) throws IOException {
    if (kind.equals("prefix")) {
      return new PrefixQuery(new Term("body", text.toLowerCase()));
    }
    List<String> words = words(text);
    if (kind.equals("phrase")) {
      return new PhraseQuery("body", words.toArray(String[]::new));
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String word : words) {
      BooleanQuery.Builder either = new BooleanQuery.Builder();
      either.add(new BoostQuery(new TermQuery(new Term("title", word)), 2f), Occur.SHOULD);
      either.add(new TermQuery(new Term("body", word)), Occur.SHOULD);
      all.add(either.build(), kind.equals("and") ? Occur.MUST : Occur.SHOULD);
    }
    return all.build();
  }

  private static List<String> words(String text) throws IOException {
    List<String> words = new ArrayList<>();
    try (TokenStream tokens = ANALYZER.tokenStream("body", text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.add(term.toString());
      }
      tokens.end();
    }
    return words;
  }
}
