// Sources and masks as strangers have them, brought to the Edit page: each is edited at its own size, or refused in one
// sentence, and what was open stays.
#include <QMimeData>
#include <QTest>

#include "core/base/file.h"
#include "tests/core/image/pictures.h"
#include "tests/ui/edit_window.h"

using namespace b3o;
using namespace b3o::test;

namespace {

std::string rows(int height, const std::string& row) {
  std::string out;
  for (int y = 0; y < height; ++y) out += std::string(1, '\0') + row;
  return out;
}

std::string animated_gif() {
  std::string palette;
  for (int i = 0; i < 256; ++i) palette += {char(i), char(255 - i), char(i / 2)};
  return gif_start(12, 9, palette) + gif_frame(0, 0, 12, 9, std::string(12 * 9, '\5')) +
         gif_frame(2, 2, 4, 4, std::string(16, '\x60')) + ";";
}

std::string animated_webp() {
  const auto frame = [](const std::string& rgba) {
    return riff_chunk("ANMF", little_endian(0, 3) + little_endian(0, 3) + little_endian(7, 3) + little_endian(4, 3) +
                                  little_endian(100, 3) + little_endian(0, 1) + picture_chunk(webp(8, 5, rgba)));
  };
  return riff(webp_canvas(2 | 16, 8, 5) + riff_chunk("ANIM", std::string(6, '\0')) +
              frame(std::string(8 * 5 * 4, '\xFF')) + frame(std::string(8 * 5 * 4, '\x40')));
}

std::string turned_jpeg() { return jpeg_with(jpeg_baseline(), 0xE1, std::string("Exif\0\0", 6) + exif_block(6)); }

}  // namespace

class EditStrangeTest : public QObject {
  Q_OBJECT

  static void write(EditWindow& fake, const QString& name, const QByteArray& bytes) {
    write_file(toPath(fake.folder.filePath(name)), std::string_view(bytes.constData(), size_t(bytes.size())));
  }
  static void drop(EditWindow& fake, const QString& name) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fake.folder.filePath(name))});
    fake.page().take(&data);
  }

 private Q_SLOTS:
  void sources_of_every_kind_are_edited_at_their_own_size_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QSize>("size");
    const auto row = [](const char* name, const std::string& bytes, int width, int height) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes) << QSize(width, height);
    };
    row("one pixel", encode_png(Image(1, 1)), 1, 1);
    row("upright strip", encode_png(Image(1, 64)), 1, 64);
    row("lying strip", encode_png(Image(64, 1)), 64, 1);
    row("very wide", encode_png(Image(1000, 7)), 1000, 7);
    row("large", encode_png(Image(2500, 2100)), 2500, 2100);
    row("palette",
        png(png_header(6, 5, 8, 3), rows(5, std::string("\1\0\1\1\0\1", 6)), png_chunk("PLTE", std::string(6, '\x50'))),
        6, 5);
    row("one bit", png(png_header(16, 4, 1, 0), rows(4, "\xA5\x0F")), 16, 4);
    row("gray of 16 bits", png(png_header(3, 4, 16, 0), rows(4, "abcdef")), 3, 4);
    row("gray with alpha", png(png_header(3, 4, 8, 4), rows(4, "abcdef")), 3, 4);
    row("colour of 16 bits with alpha", png(png_header(2, 3, 16, 6), rows(3, "0123456789abcdef")), 2, 3);
    row("CMYK", jpeg_cmyk(), 40, 24);
    row("progressive", jpeg_progressive(), 40, 24);
    row("gray JPEG", jpeg_gray(), 40, 24);
    row("turned by EXIF", turned_jpeg(), 24, 40);
    row("animated GIF", animated_gif(), 12, 9);
    row("animated WebP", animated_webp(), 8, 5);
    row("BMP of 16 bits", bmp(4, 3, 16, std::string(24, '\x3A')), 4, 3);
  }
  void sources_of_every_kind_are_edited_at_their_own_size() {
    QFETCH(QByteArray, bytes);
    QFETCH(QSize, size);
    EditWindow fake;
    QVERIFY(fake.load());
    write(fake, QStringLiteral("strange.bin"), bytes);
    drop(fake, QStringLiteral("strange.bin"));
    QTRY_VERIFY2(fake.edit().isOpen(), qPrintable(fake.edit().error()));
    QCOMPARE(fake.edit().picture().size(), size);
    QTRY_COMPARE(fake.edit().roundTrip().state, RoundTrip::State::ready);
    const QImage before = fake.edit().picture();
    fake.edit().markRectangle({0, 0, (size.width() + 1) / 2, (size.height() + 1) / 2}, Combine::replace);
    QVERIFY(fake.choose(EditMode::repaint) && fake.propose());
    fake.edit().apply();
    const QImage after = fake.edit().picture();
    QCOMPARE(after.size(), size);
    for (int y = 0; y < size.height(); ++y)
      for (int x = 0; x < size.width(); ++x)
        if (fake.edit().mask().at(x, y) == 0) QVERIFY(after.pixel(x, y) == before.pixel(x, y));
    QCOMPARE(QByteArray::fromStdString(read_file(toPath(fake.path("strange.bin")), 1u << 28)), bytes);
  }
  void files_that_are_no_pictures_are_one_sentence_and_nothing_is_lost_data() {
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const std::string& bytes) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes);
    };
    const std::string whole = encode_png(smooth_image());
    row("empty", "");
    row("text", "no picture");
    row("huge", png(png_header(60000, 60000, 8, 2), ""));
    row("too many pixels", png(png_header(16000, 16000, 8, 2), ""));
    row("thinner than a picture", encode_png(Image(3000, 7)));
    row("no width", png(png_header(0, 5, 8, 2), ""));
    row("PNG cut in its header", whole.substr(0, 20));
    row("PNG cut in the middle", whole.substr(0, whole.size() / 2));
    row("JPEG cut in its header", jpeg_baseline().substr(0, 100));
    row("GIF cut in its palette", animated_gif().substr(0, 300));
    row("WebP cut in the middle", animated_webp().substr(0, 40));
  }
  void files_that_are_no_pictures_are_one_sentence_and_nothing_is_lost() {
    QFETCH(QByteArray, bytes);
    EditWindow fake;
    QVERIFY(fake.ready());
    fake.edit().markRectangle({10, 10, 20, 20}, Combine::replace);
    const std::string before = fake.edit().document().hash();
    write(fake, QStringLiteral("bad.bin"), bytes);
    drop(fake, QStringLiteral("bad.bin"));
    QTRY_VERIFY(!fake.edit().opening() && !fake.edit().error().isEmpty());
    QVERIFY2(fake.edit().error().contains(QStringLiteral("bad.bin")), qPrintable(fake.edit().error()));
    QVERIFY(!fake.edit().error().contains(u'\n'));
    QVERIFY(fake.page().error()->isVisible());
    QCOMPARE(fake.edit().document().hash(), before);
    // The same as a mask.
    fake.edit().clearMessage();
    fake.edit().openMask(fake.path("bad.bin"));
    QTRY_VERIFY(!fake.edit().maskBusy());
    QVERIFY2(fake.edit().error().contains(QStringLiteral("bad.bin")), qPrintable(fake.edit().error()));
    QVERIFY(!fake.edit().error().contains(u'\n'));
    QCOMPARE(fake.edit().document().hash(), before);
    QVERIFY(fake.choose(EditMode::repaint) && fake.propose());  // and it goes on
  }
};

QTEST_MAIN(EditStrangeTest)
#include "edit_strange.moc"
